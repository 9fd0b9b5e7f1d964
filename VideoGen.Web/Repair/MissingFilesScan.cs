using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VideoGen.Web.Data;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>Videos whose file or poster is not in the store.</summary>
internal sealed class MissingFilesScan(
    IDbContextFactory<AppDbContext> contexts, IVideoStore store, LocalCopies copies, MissingPoster posters, IOptions<RepairOptions> options)
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
            if (!await IsThereAsync(video.StoreKey, cancellationToken))
            {
                seen.Add(video.See(RepairKind.FileMissing, "The video is in the gallery, but its file is not in the store."));
            }
            else if (!await IsThereAsync(video.PosterKey, cancellationToken))
            {
                seen.Add(await MendPosterAsync(video, cancellationToken));
            }
        }

        return new ScanPart(videos.Count < PartSize ? null : videos[^1].Subject, videos.Count, [.. videos.Select(video => video.Subject)], seen);
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
