using Microsoft.Extensions.Options;
using VideoGen.Web.Saving;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>
/// Removes what interrupted downloads, uploads and writes left while the server was running; what a start finds is swept at the start.
/// Nothing here is the only copy of a result that somebody waits for.
/// </summary>
internal sealed class LeftoversScan(SpoolSweep spool, IEnumerable<LocalVideoStore> localStores, IOptions<RepairOptions> options, TimeProvider clock)
    : RepairScan(options)
{
    // A download or an upload that stands still is given up after much less.
    private static readonly TimeSpan Unwritten = TimeSpan.FromHours(1);

    public override RepairScanName Name => RepairScanName.Leftovers;

    public override IReadOnlyList<RepairKind> Kinds => [];

    public override async Task<ScanPart> LookAsync(string? cursor, CancellationToken cancellationToken)
    {
        var writtenBefore = clock.GetUtcNow() - Unwritten;
        var removed = await spool.RunAsync(writtenBefore, cancellationToken)
            + localStores.Sum(store => store.SweepTemporaryFiles(writtenBefore));
        return new ScanPart(Next: null, Cost: removed, Subjects: [], Seen: []) { Removed = removed };
    }
}
