using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Media;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Saving;

/// <summary>
/// Takes the results of a finished provider job into the store: fetched, checked, hashed, with a poster. Whatever was reached
/// before an interruption is found on the disk and not done, or paid for, again.
/// </summary>
internal sealed class ResultSaver(Spool spool, ResultDownload download, MediaProbe probe, PosterImage posters, IVideoStore store)
{
    /// <summary>Saves every result. The same call again gives the same answer. The caller sees to it that nobody else saves the same job meanwhile.</summary>
    /// <param name="job">Has its provider's id.</param>
    /// <exception cref="VideoProviderException">The provider could not deliver.</exception>
    /// <exception cref="MediaRejectedException">What it delivered is no video.</exception>
    /// <exception cref="VideoStoreException">The store, or the disk, could not take it. What was fetched stays in the spool.</exception>
    /// <exception cref="MediaToolException">ffmpeg or ffprobe could not be run.</exception>
    public async Task<IReadOnlyList<SavedFile>> SaveAsync(
        GenerationJob job, IVideoProvider provider, int resultCount, CancellationToken cancellationToken)
    {
        List<SavedFile> files = [];
        for (var index = 0; index < resultCount; index++)
        {
            files.Add(await SaveOneAsync(job, provider, index, cancellationToken));
        }

        return files;
    }

    /// <summary>
    /// Clears the places of the results in the store. Only while the job is not completed, so that no row tells of what lies there, and
    /// under its lease, so that nobody is about to write one.
    /// </summary>
    /// <exception cref="VideoStoreException">The store cannot be asked just now.</exception>
    public async Task ClearPlacesAsync(GenerationJob job, CancellationToken cancellationToken)
    {
        for (var index = 0; index < job.ResultCount; index++)
        {
            await store.DeleteAsync(StoreKeys.Video(job.OwnerId, job.Id, index), cancellationToken);
            await store.DeleteAsync(StoreKeys.Poster(job.OwnerId, job.Id, index), cancellationToken);
        }
    }

    /// <summary>Forgets what waits in the spool, once the completion of the job is committed, or its result is given up.</summary>
    public void Release(Guid jobId) => spool.Remove(jobId);

    private async Task<SavedFile> SaveOneAsync(GenerationJob job, IVideoProvider provider, int index, CancellationToken cancellationToken)
    {
        var providerJobId = job.ProviderJobId ?? throw new InvalidOperationException($"Job {job.Id} has no provider job.");
        var slot = spool.SlotOf(job.Id, index);
        var result = await slot.FindAsync(providerJobId, cancellationToken)
            ?? await FetchAsync(slot, provider, providerJobId, index, cancellationToken);

        var file = new StoredFile(
            StoreKeys.Video(job.OwnerId, job.Id, index), StoreKeys.Poster(job.OwnerId, job.Id, index), result.SizeBytes, result.Sha256);
        await store.PutAsync(file.StoreKey, slot.Ready, MediaTypes.Video, cancellationToken);
        await store.PutAsync(file.PosterKey, slot.Poster, MediaTypes.Poster, cancellationToken);
        return new SavedFile(index, file, result.Facts);
    }

    private async Task<SpooledResult> FetchAsync(
        SpoolSlot slot, IVideoProvider provider, string providerJobId, int index, CancellationToken cancellationToken)
    {
        var downloaded = await download.RunAsync(provider, providerJobId, index, slot.Part, cancellationToken);
        try
        {
            var examined = await probe.ProbeAsync(slot.Part, cancellationToken);
            var facts = examined.Facts ?? throw new MediaRejectedException(examined.Problem!);
            if (!await posters.MakeAsync(slot.Part, facts.Duration, slot.PosterPart, cancellationToken))
            {
                throw new MediaRejectedException("No picture of the video could be decoded.");
            }

            var result = new SpooledResult(providerJobId, downloaded.Length, downloaded.Sha256, facts);
            await slot.KeepAsync(result, cancellationToken);
            return result;
        }
        finally
        {
            slot.RemoveUnfinished();
        }
    }
}
