namespace VideoGen.Web.Storage;

/// <summary>
/// Where finished videos, their posters and reference images live. Keys are made by <see cref="StoreKeys"/> and never hold user text.
/// Implementations are singletons and safe for concurrent use; nothing is ever held whole in memory.
/// </summary>
public interface IVideoStore
{
    /// <summary>
    /// Stores a local file under a key, all or nothing. Storing the same bytes under the same key again is the same as
    /// storing them once. The local file is left where it is.
    /// </summary>
    /// <exception cref="VideoStoreException">The store is down or full, or refuses; the key holds what it held before.</exception>
    Task PutAsync(string key, string localPath, string mediaType, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a stored file for reading. The stream can seek and knows its length. The caller disposes it.
    /// </summary>
    /// <returns><see langword="null"/> when the key holds nothing.</returns>
    /// <exception cref="VideoStoreException">The store cannot be asked just now.</exception>
    Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes a key; quietly does nothing when it holds nothing.</summary>
    /// <exception cref="VideoStoreException">The store cannot be asked just now.</exception>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Tells whether the store can be used now, for the readiness check: throws when it cannot.</summary>
    /// <exception cref="VideoStoreException">It cannot; the message says why.</exception>
    Task ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>The store could not do what was asked. Trying again later may help.</summary>
public sealed class VideoStoreException(string message, Exception? innerException = null) : Exception(message, innerException);
