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
    /// <param name="provider">Its provider.</param>
    /// <param name="resultCount">How many results there are.</param>
    /// <param name="confirmLease">Throws when somebody else works on the job by now. Asked before anything is removed from the store.</param>
    /// <exception cref="VideoProviderException">The provider could not deliver.</exception>
    /// <exception cref="MediaRejectedException">What it delivered is no video.</exception>
    /// <exception cref="VideoStoreException">The store, or the disk, could not take it. What was fetched stays in the spool.</exception>
    /// <exception cref="MediaToolException">ffmpeg or ffprobe could not be run.</exception>
    public async Task<IReadOnlyList<SavedFile>> SaveAsync(
        GenerationJob job, IVideoProvider provider, int resultCount, Func<CancellationToken, Task> confirmLease, CancellationToken cancellationToken)
    {
        List<SavedFile> files = [];
        for (var index = 0; index < resultCount; index++)
        {
            files.Add(await SaveOneAsync(job, provider, index, confirmLease, cancellationToken));
        }

        return files;
    }

    /// <summary>Forgets what waits in the spool, once the completion of the job is committed, or its result is given up.</summary>
    public void Release(Guid jobId) => spool.Remove(jobId);

    private async Task<SavedFile> SaveOneAsync(
        GenerationJob job, IVideoProvider provider, int index, Func<CancellationToken, Task> confirmLease, CancellationToken cancellationToken)
    {
        var providerJobId = job.ProviderJobId ?? throw new InvalidOperationException($"Job {job.Id} has no provider job.");
        var slot = spool.SlotOf(job.Id, index);
        var result = await slot.FindAsync(providerJobId, cancellationToken)
            ?? await FetchAsync(slot, provider, providerJobId, index, cancellationToken);

        var file = new StoredFile(
            StoreKeys.Video(job.OwnerId, job.Id, index), StoreKeys.Poster(job.OwnerId, job.Id, index), result.SizeBytes, result.Sha256);
        await StoreAsync(file.StoreKey, slot.Ready, MediaTypes.Video, confirmLease, cancellationToken);
        CrashPoint.Reach(CrashPoint.VideoStored);
        await StoreAsync(file.PosterKey, slot.Poster, MediaTypes.Poster, confirmLease, cancellationToken);
        return new SavedFile(index, file, result.Facts);
    }

    private async Task StoreAsync(string key, string path, string mediaType, Func<CancellationToken, Task> confirmLease, CancellationToken cancellationToken)
    {
        try
        {
            await store.PutAsync(key, path, mediaType, cancellationToken);
        }
        catch (VideoStoreException ex) when (ex.Fault is StoreFault.Conflict)
        {
            // An earlier run of this job had come as far as the store, and then lost its download or failed: no row tells of what lies
            // there, and what takes its place is on the disk.
            await confirmLease(cancellationToken);
            await store.DeleteAsync(key, cancellationToken);
            await store.PutAsync(key, path, mediaType, cancellationToken);
        }
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
