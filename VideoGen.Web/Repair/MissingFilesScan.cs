using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VideoGen.Web.Data;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>Videos whose file or poster is not in the store.</summary>
internal sealed class MissingFilesScan(
    IDbContextFactory<AppDbContext> contexts, IVideoStore store, LocalCopies copies, MissingPoster posters, FileFaults faults, IOptions<RepairOptions> options)
    : RepairScan(options)
{
    public override RepairScanName Name => RepairScanName.Files;

    public override IReadOnlyList<RepairKind> Kinds => [RepairKind.FileMissing, RepairKind.PosterMissing];

    public override async Task<ScanPart> LookAsync(string? cursor, CancellationToken cancellationToken)
    {
        var videos = await KeptVideo.ReadAsync(contexts, IdOf(cursor), PartSize, cancellationToken);
        List<Sighting> seen = [];
        foreach (var video in videos)
        {
            if (await LookAsync(video, cancellationToken) is { } sighting)
            {
                seen.Add(sighting);
            }
        }

        return new ScanPart(videos.Count < PartSize ? null : videos[^1].Subject, videos.Count, [.. videos.Select(video => video.Subject)], seen);
    }

    private async Task<Sighting?> LookAsync(KeptVideo video, CancellationToken cancellationToken)
    {
        try
        {
            return await IsThereAsync(video.StoreKey, cancellationToken)
                ? await LookAtPosterAsync(video, cancellationToken)
                : video.See(RepairKind.FileMissing, "The video is in the gallery, but its file is not in the store.");
        }
        catch (Exception ex) when (FileFaults.MayConcernOneFile(ex))
        {
            // Something is there; that it cannot be read is told by the scan that reads it.
            await faults.ExplainAsync(ex, video.StoreKey, cancellationToken);
            return null;
        }
    }

    private async Task<Sighting?> LookAtPosterAsync(KeptVideo video, CancellationToken cancellationToken)
    {
        try
        {
            return await IsThereAsync(video.PosterKey, cancellationToken) ? null : await MendPosterAsync(video, cancellationToken);
        }
        catch (Exception ex) when (FileFaults.MayConcernOneFile(ex))
        {
            var why = await faults.ExplainAsync(ex, video.PosterKey, cancellationToken);
            return video.See(RepairKind.PosterMissing, $"The poster cannot be shown, or made again from the video: {why}.");
        }
    }

    private async Task<Sighting> MendPosterAsync(KeptVideo video, CancellationToken cancellationToken)
    {
        using var copy = await copies.TryTakeAsync(video.StoreKey, cancellationToken);
        return copy is not null && await posters.EnsureAsync(video.PosterKey, copy.Path, video.Duration, cancellationToken)
            ? video.See(RepairKind.PosterMissing, "The poster was not in the store and was made again.", isMended: true)
            : video.See(RepairKind.PosterMissing, "The poster is not in the store, and no picture of the video can be decoded.");
    }

    private async Task<bool> IsThereAsync(string key, CancellationToken cancellationToken)
    {
        await using var file = await store.OpenReadAsync(key, cancellationToken);
        return file is not null;
    }
}
