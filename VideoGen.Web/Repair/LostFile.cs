using VideoGen.Web.Media;
using VideoGen.Web.Saving;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>Finds the bytes of a result that has no row: in the store or, where that has none, in the spool, from where they are stored.</summary>
internal sealed class LostFile(IVideoStore store, Spool spool, LocalCopies copies)
{
    /// <returns><see langword="null"/> when they are in neither.</returns>
    /// <exception cref="VideoStoreException">The store cannot be asked just now, or does not take them.</exception>
    /// <exception cref="IOException">The file could not be read to its end, or there is no room for it.</exception>
    public async Task<LocalCopy?> TryTakeAsync(LostResult result, CancellationToken cancellationToken)
    {
        if (await copies.TryTakeAsync(result.Key, cancellationToken) is { } stored)
        {
            return stored;
        }

        var slot = spool.SlotOf(result.JobId, result.Index);
        if (result.ProviderJobId is not { } providerJobId || await slot.FindAsync(providerJobId, cancellationToken) is null)
        {
            return null;
        }

        await store.PutAsync(result.Key, slot.Ready, MediaTypes.Video, cancellationToken);
        return await copies.TryTakeAsync(result.Key, cancellationToken);
    }
}

/// <summary>A result that a completed job should have a row for.</summary>
internal sealed record LostResult(Guid OwnerId, Guid JobId, string? ProviderJobId, int Index)
{
    public string Key => StoreKeys.Video(OwnerId, JobId, Index);

    public string PosterKey => StoreKeys.Poster(OwnerId, JobId, Index);
}
