using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VideoGen.Web.Data;
using VideoGen.Web.Media;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>Reads stored videos, one file a part: is it byte for byte what was stored, and does it still play?</summary>
internal sealed class FileContentsScan(
    IDbContextFactory<AppDbContext> contexts, LocalCopies copies, MediaProbe probe, FileFaults faults, IOptions<RepairOptions> options)
    : RepairScan(options)
{
    public override RepairScanName Name => RepairScanName.Contents;

    public override IReadOnlyList<RepairKind> Kinds => [RepairKind.FileChanged, RepairKind.FileUnplayable, RepairKind.FileUnreadable];

    /// <summary>In bytes.</summary>
    public override long Budget => Options.BytesPerPass;

    // What each file takes at the least, so that no pass looks at more than a batch: files that are missing are no work, but requests.
    private long LeastCost => 1 + ((Budget - 1) / Options.Batch);

    public override async Task<ScanPart> LookAsync(string? cursor, CancellationToken cancellationToken)
    {
        if (await KeptVideo.ReadAsync(contexts, IdOf(cursor), count: 1, cancellationToken) is not [var video])
        {
            return new ScanPart(Next: null, Cost: 0, Subjects: [], Seen: []);
        }

        try
        {
            // One that is not there is told of by the scan of missing files.
            using var copy = await copies.TryTakeAsync(video.StoreKey, cancellationToken);
            return PartOf(video, copy?.Digest.Length ?? 0, copy is null ? [] : await LookAsync(video, copy, cancellationToken));
        }
        catch (Exception ex) when (FileFaults.MayConcernOneFile(ex))
        {
            var why = await faults.ExplainAsync(ex, video.StoreKey, cancellationToken);
            return PartOf(video, read: 0, [video.See(RepairKind.FileUnreadable, $"The file in the store could not be read: {why}.")]);
        }
    }

    private ScanPart PartOf(KeptVideo video, long read, IReadOnlyList<Sighting> seen) =>
        new(video.Subject, Math.Max(read, LeastCost), [video.Subject], seen);

    private async Task<List<Sighting>> LookAsync(KeptVideo video, LocalCopy copy, CancellationToken cancellationToken)
    {
        List<Sighting> seen = [];
        if (copy.Digest != new FileDigest(video.SizeBytes, video.Sha256))
        {
            seen.Add(video.See(RepairKind.FileChanged, copy.Digest.Length == video.SizeBytes
                ? "The file in the store has other bytes than the one that was stored."
                : string.Create(null, $"The file in the store has {copy.Digest.Length} bytes; {video.SizeBytes} were stored.")));
        }

        if ((await probe.ProbeAsync(copy.Path, cancellationToken)).Problem is { } problem)
        {
            seen.Add(video.See(RepairKind.FileUnplayable, $"The file in the store does not play: {problem}"));
        }

        return seen;
    }
}
