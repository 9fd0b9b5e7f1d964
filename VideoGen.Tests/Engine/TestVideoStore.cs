using VideoGen.Web.Storage;

namespace VideoGen.Tests.Engine;

/// <summary>The local store, which a test can take down.</summary>
internal sealed class TestVideoStore(LocalVideoStore store) : IVideoStore
{
    public bool IsDown { get; set; }

    /// <summary>Runs before each file is stored.</summary>
    public Func<string, CancellationToken, Task>? OnPut { get; set; }

    public async Task PutAsync(string key, string localPath, string mediaType, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            throw new VideoStoreException(StoreFault.Down, "The store is down.");
        }

        await (OnPut?.Invoke(key, cancellationToken) ?? Task.CompletedTask);
        await store.PutAsync(key, localPath, mediaType, cancellationToken);
    }

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) => store.OpenReadAsync(key, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => store.DeleteAsync(key, cancellationToken);

    public Task ProbeAsync(CancellationToken cancellationToken) => store.ProbeAsync(cancellationToken);
}
