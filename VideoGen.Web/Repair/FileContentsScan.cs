using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VideoGen.Web.Data;
using VideoGen.Web.Media;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>Reads stored videos, one file a part: is it byte for byte what was stored, and does it still play?</summary>
internal sealed class FileContentsScan(
    IDbContextFactory<AppDbContext> contexts, LocalCopies copies, MediaProbe probe, IOptions<RepairOptions> options)
    : RepairScan(options)
{
    public override RepairScanName Name => RepairScanName.Contents;

    public override IReadOnlyList<RepairKind> Kinds => [RepairKind.FileChanged, RepairKind.FileUnplayable];

    /// <summary>In bytes.</summary>
    public override long Budget => Options.BytesPerPass;

    public override async Task<ScanPart> LookAsync(string? cursor, CancellationToken cancellationToken)
    {
        if (await KeptVideo.ReadAsync(contexts, IdOf(cursor), count: 1, cancellationToken) is not [var video])
        {
            return new ScanPart(Next: null, Cost: 0, Subjects: [], Seen: []);
        }

        // One that is not there is told of by the scan of missing files.
        using var copy = await copies.TryTakeAsync(video.StoreKey, cancellationToken);
        return new ScanPart(
            video.Subject, copy?.Digest.Length ?? 0, [video.Subject], copy is null ? [] : await LookAsync(video, copy, cancellationToken));
    }

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
