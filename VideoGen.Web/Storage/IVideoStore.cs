namespace VideoGen.Web.Storage;

/// <summary>
/// Where finished videos, their posters and reference images live. Keys are made by <see cref="StoreKeys"/> and never hold user
/// text; any other key is an <see cref="ArgumentException"/>. Implementations are singletons and safe for concurrent use, also by
/// several processes on one store; nothing is ever held whole in memory.
/// </summary>
public interface IVideoStore
{
    /// <summary>
    /// Stores a local file under a key, all or nothing. A key is written once: the same bytes again, in turn or at the same time,
    /// are the same as storing them once; other bytes are refused, because a row may already tell of what is there. To store
    /// something else, delete the key first. The local file is left where it is.
    /// </summary>
    /// <exception cref="VideoStoreException">
    /// The store is down or full, or refuses, or holds other bytes (<see cref="StoreFault.Conflict"/>); the key holds what it held before.
    /// </exception>
    Task PutAsync(string key, string localPath, string mediaType, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a stored file for reading. The stream can seek, knows its length and is read asynchronously. It gives exactly the
    /// bytes that were stored, or ends in an <see cref="IOException"/>: never early. The caller disposes it.
    /// </summary>
    /// <returns><see langword="null"/> when the key holds nothing.</returns>
    /// <exception cref="VideoStoreException">The store cannot be asked just now.</exception>
    Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes a key; quietly does nothing when it holds nothing.</summary>
    /// <exception cref="VideoStoreException">The store cannot be asked just now.</exception>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Lists what lies under keys of the three parts that all of ours have, page by page, in the order of the keys of
    /// <see cref="StoreKeys"/>. What else lies there is somebody else's and is left out. What is stored or removed meanwhile may or may
    /// not be in it.
    /// </summary>
    /// <param name="after">Goes on behind this key, which need not be there any more; <see langword="null"/> begins at the first.</param>
    /// <exception cref="VideoStoreException">The store cannot be asked just now: it says so instead of listing less than there is.</exception>
    IAsyncEnumerable<StoredEntry> ListAsync(string? after, CancellationToken cancellationToken);

    /// <summary>Tells whether the store can be used now, for the readiness check: throws when it cannot.</summary>
    /// <exception cref="VideoStoreException">It cannot; the message says why.</exception>
    Task ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>Something that lies in the store.</summary>
/// <param name="Key">Under which key.</param>
/// <param name="Length">In bytes.</param>
/// <param name="WrittenAt">When it was stored, by the clock of the store.</param>
public sealed record StoredEntry(string Key, long Length, DateTimeOffset WrittenAt);
