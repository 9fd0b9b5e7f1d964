using System.ComponentModel.DataAnnotations;

namespace VideoGen.Web.Saving;

/// <summary>How results are fetched from providers. Section "Saving".</summary>
public sealed class SavingOptions
{
    public const string SectionName = "Saving";

    /// <summary>Longest result that is accepted, in bytes. 8 GiB is far above what any model makes, and below what fills a disk at once.</summary>
    [Range(1024L, long.MaxValue)]
    public long MaxBytes { get; set; } = 8L * 1024 * 1024 * 1024;

    /// <summary>How long a download may stand still before it is given up and tried again later.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one download may take in all. An hour carries the largest video over a slow line; a trickle that never ends is no download.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromHours(1);
}
