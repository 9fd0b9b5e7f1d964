using VideoGen.Web.Media;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>Makes the poster of a stored video again.</summary>
internal sealed class MissingPoster(IVideoStore store, PosterImage posters, LocalCopies copies)
{
    /// <returns><see langword="false"/> when no picture of the video can be decoded; one that is there already stays.</returns>
    public async Task<bool> EnsureAsync(string key, string videoPath, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (await IsThereAsync(key, cancellationToken))
        {
            return true;
        }

        var path = copies.NewTemporary();
        try
        {
            if (!await posters.MakeAsync(videoPath, duration, path, cancellationToken))
            {
                return false;
            }

            await store.PutAsync(key, path, MediaTypes.Poster, cancellationToken);
            return true;
        }
        finally
        {
            DurableFile.TryDelete(path);
        }
    }

    private async Task<bool> IsThereAsync(string key, CancellationToken cancellationToken)
    {
        await using var poster = await store.OpenReadAsync(key, cancellationToken);
        return poster is not null;
    }
}
