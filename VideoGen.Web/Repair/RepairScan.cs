using Microsoft.Extensions.Options;

namespace VideoGen.Web.Repair;

/// <summary>
/// One thing that is held against another, part by part. Each part stands for itself: what it saw is written together with
/// where it ended, and a part that was interrupted is looked at again.
/// </summary>
internal abstract class RepairScan(IOptions<RepairOptions> options)
{
    // What is lost when a pass is interrupted.
    private const int LargestPart = 50;

    public abstract RepairScanName Name { get; }

    /// <summary>What this scan, and no other, finds.</summary>
    public abstract IReadOnlyList<RepairKind> Kinds { get; }

    /// <summary>How much may be looked at in one pass, in what <see cref="ScanPart.Cost"/> counts.</summary>
    public virtual long Budget => options.Value.Batch;

    protected int PartSize => Math.Min(options.Value.Batch, LargestPart);

    protected RepairOptions Options => options.Value;

    /// <summary>Looks at the next part, and mends in it what is safe to mend.</summary>
    /// <param name="cursor"><see cref="ScanPart.Next"/> of the part before; <see langword="null"/> for the first.</param>
    public abstract Task<ScanPart> LookAsync(string? cursor, CancellationToken cancellationToken);

    protected static Guid? IdOf(string? cursor) => cursor is null ? null : Guid.Parse(cursor);
}

/// <summary>What a scan looked at.</summary>
/// <param name="Next">Where the next part begins; <see langword="null"/> after the last.</param>
/// <param name="Cost">How much of the scan's budget it took.</param>
/// <param name="Subjects">Everything that was looked at: what is open about one of these and was not seen again is over.</param>
/// <param name="Seen">What was wrong with some of them.</param>
internal sealed record ScanPart(string? Next, long Cost, IReadOnlyList<string> Subjects, IReadOnlyList<Sighting> Seen)
{
    /// <summary>How many leftovers were removed, of which nobody needs to know one by one.</summary>
    public int Removed { get; init; }
}
