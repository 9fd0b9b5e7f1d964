using System.Text.Json;
using Microsoft.Extensions.Options;

namespace VideoGen.Web.Storage.Remote;

/// <summary>
/// A store across a network. What all of these share is here: that a key is written once, and how their trouble is told; how they
/// are spoken with is theirs. The SHA-256 lies beside each object, so that two files are compared without moving either.
/// </summary>
/// <param name="name">The store in sentences.</param>
internal abstract class RemoteVideoStore(string name, IOptions<StorageOptions> options, TimeProvider clock) : IVideoStore
{
    private static readonly TimeSpan AbandonTimeout = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _idleTimeout = options.Value.IdleTimeout;

    public async Task PutAsync(string key, string localPath, string mediaType, CancellationToken cancellationToken)
    {
        StoreKeys.Checked(key);
        var digest = await DigestAsync(localPath, cancellationToken);
        if (await HoldsAsync(key, digest, cancellationToken))
        {
            return;
        }

        try
        {
            await UploadAsync(new Upload(key, localPath, mediaType, digest), cancellationToken);
        }
        catch (VideoStoreException ex) when (ex.Fault is StoreFault.Conflict or StoreFault.Down)
        {
            // Somebody else may have been quicker, and an answer may have been lost after everything had arrived.
            if (!await HoldsAsync(key, digest, cancellationToken))
            {
                throw;
            }

            return;
        }

        // Not every store refuses to overwrite, and none is taken at its word about a paid file.
        if (!await HoldsAsync(key, digest, cancellationToken))
        {
            throw new VideoStoreException(StoreFault.Down, $"{name} took {key}, but does not have it.");
        }
    }

    public async Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        StoreKeys.Checked(key);
        if (await FindAsync(key, cancellationToken) is { } stored)
        {
            return new RemoteStream(stored.Length, (from, token) => OpenAsync(key, from, token), _idleTimeout, clock);
        }

        await ConfirmBucketAsync(cancellationToken);
        return null;
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => RemoveAsync(StoreKeys.Checked(key), cancellationToken);

    public abstract IAsyncEnumerable<StoredEntry> ListAsync(string? after, CancellationToken cancellationToken);

    public abstract Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>How many entries are asked for at once.</summary>
    protected int ListPageSize { get; } = options.Value.ListPageSize;

    /// <returns><see langword="null"/> when the key holds nothing, or there is not even a bucket.</returns>
    protected abstract Task<StoredObject?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Stores a file that is not there yet, together with its SHA-256; after any failure nothing of it stays behind.</summary>
    protected abstract Task UploadAsync(Upload upload, CancellationToken cancellationToken);

    /// <summary>Opens an object from a place to its end.</summary>
    protected abstract Task<RemoteContent> OpenAsync(string key, long from, CancellationToken cancellationToken);

    protected abstract Task RemoveAsync(string key, CancellationToken cancellationToken);

    protected abstract Task<bool> HasBucketAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Tells a key that holds nothing from a bucket that is gone or has another name: the one is an answer that callers act on for good,
    /// the other is trouble that passes once somebody mends it.
    /// </summary>
    protected async Task ConfirmBucketAsync(CancellationToken cancellationToken)
    {
        if (!await HasBucketAsync(cancellationToken))
        {
            throw new VideoStoreException(StoreFault.Refused, $"{name} does not have the bucket.");
        }
    }

    /// <summary>Speaks with the store within the limit on its silence, and tells trouble on the way in this house's words.</summary>
    protected async Task<T> AskAsync<T>(Func<Silence, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var silence = new Silence(_idleTimeout, clock, cancellationToken);
        try
        {
            return await ask(silence);
        }
        catch (OperationCanceledException ex) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VideoStoreException(StoreFault.Down, $"{name} was silent for too long.", ex);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException or JsonException)
        {
            throw new VideoStoreException(StoreFault.Down, $"{name} cannot be reached, or does not answer properly.", ex);
        }
    }

    /// <summary>Clears up after a failure, which is what is reported: what goes wrong here is not.</summary>
    protected async Task TryAbandonAsync(Func<CancellationToken, Task> abandon)
    {
        try
        {
            // The caller may have given up already, and whoever stops the process does not wait for ever.
            using var limit = new CancellationTokenSource(AbandonTimeout, clock);
            await AskAsync(
                async silence =>
                {
                    await abandon(silence.Token);
                    return true;
                },
                limit.Token);
        }
        catch (Exception ex) when (ex is VideoStoreException or OperationCanceledException)
        {
            // The store forgets unfinished uploads in time.
        }
    }

    private async Task<bool> HoldsAsync(string key, FileDigest digest, CancellationToken cancellationToken)
    {
        if (await FindAsync(key, cancellationToken) is not { } stored)
        {
            return false;
        }

        var isSame = stored.Length == digest.Length
            && string.Equals(stored.Sha256 ?? await HashAsync(key, stored, cancellationToken), digest.Sha256, StringComparison.Ordinal);
        return isSame ? true : throw new VideoStoreException(StoreFault.Conflict, $"{key} holds another file, which stays.");
    }

    // Something else than VideoGen has put it there.
    private async Task<string> HashAsync(string key, StoredObject stored, CancellationToken cancellationToken)
    {
        await using var content = new RemoteStream(stored.Length, (from, token) => OpenAsync(key, from, token), _idleTimeout, clock);
        try
        {
            return (await FileDigest.OfAsync(content, cancellationToken)).Sha256;
        }
        catch (IOException ex)
        {
            throw new VideoStoreException(StoreFault.Down, $"{key} cannot be compared just now.", ex);
        }
    }

    private static async Task<FileDigest> DigestAsync(string localPath, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            localPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return await FileDigest.OfAsync(file, cancellationToken);
    }
}

/// <summary>What a store knows of an object.</summary>
/// <param name="Sha256">In lower-case hexadecimal; <see langword="null"/> when whoever stored it did not say.</param>
internal sealed record StoredObject(long Length, string? Sha256);

/// <summary>A file on its way into a store.</summary>
internal sealed record Upload(string Key, string LocalPath, string MediaType, FileDigest Digest);

/// <summary>An object from somewhere to its end.</summary>
/// <param name="From">Where it begins, as the answer says.</param>
/// <param name="Tag">Changes when the object does; <see langword="null"/> when the store has none.</param>
/// <param name="Total">Length of the whole object, as said with this answer.</param>
internal sealed record RemoteContent(Stream Content, long From, string? Tag, long? Total);
