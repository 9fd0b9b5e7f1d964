using System.ComponentModel.DataAnnotations;

namespace VideoGen.Web.Repair;

/// <summary>How jobs, rows and stored files are held against each other. Section "Repair".</summary>
public sealed class RepairOptions
{
    public const string SectionName = "Repair";

    /// <summary>How long after the start the first pass begins: not in the way of people who wait for the studio.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StartAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a pass runs. R-24 names a day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many rows, or keys of the store, each scan looks at in one pass. The next pass goes on where it was.</summary>
    [Range(1, 100_000)]
    public int Batch { get; set; } = 500;

    /// <summary>How many bytes of stored videos are read in one pass, to the end of the file with which it is reached.</summary>
    [Range(1L, long.MaxValue)]
    public long BytesPerPass { get; set; } = 2L * 1024 * 1024 * 1024;

    /// <summary>How long nothing may have waited for a file until it is reported as one that nobody needs.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan UnusedAfter { get; set; } = TimeSpan.FromDays(7);
}
