using VideoGen.Web.Storage;

namespace VideoGen.Tests.Engine;

/// <summary>The local store, which a test can take down.</summary>
internal sealed class TestVideoStore(LocalVideoStore store) : IVideoStore
{
    public bool IsDown { get; set; }

    /// <summary>Runs before each file is opened.</summary>
    public Func<string, CancellationToken, Task>? OnOpen { get; set; }

    /// <summary>Runs before each file is stored.</summary>
    public Func<string, CancellationToken, Task>? OnPut { get; set; }

    public async Task PutAsync(string key, string localPath, string mediaType, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        await (OnPut?.Invoke(key, cancellationToken) ?? Task.CompletedTask);
        await store.PutAsync(key, localPath, mediaType, cancellationToken);
    }

    public async Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        await (OnOpen?.Invoke(key, cancellationToken) ?? Task.CompletedTask);
        return await store.OpenReadAsync(key, cancellationToken);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => store.DeleteAsync(key, cancellationToken);

    public IAsyncEnumerable<StoredEntry> ListAsync(string? after, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        return store.ListAsync(after, cancellationToken);
    }

    public Task ProbeAsync(CancellationToken cancellationToken) => store.ProbeAsync(cancellationToken);

    private void ThrowIfDown()
    {
        if (IsDown)
        {
            throw new VideoStoreException(StoreFault.Down, "The store is down.");
        }
    }
}
