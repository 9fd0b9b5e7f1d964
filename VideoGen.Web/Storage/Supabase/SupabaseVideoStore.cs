using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using VideoGen.Web.Storage.Remote;

namespace VideoGen.Web.Storage.Supabase;

/// <summary>The store in a bucket of Supabase Storage.</summary>
internal sealed partial class SupabaseVideoStore(
    SupabaseApi api, IOptions<StorageOptions> options, TimeProvider clock, ILogger<SupabaseVideoStore> logger)
    : RemoteVideoStore(SupabaseApi.ClientName, options, clock)
{
    private bool _hasWarned;

    public override async IAsyncEnumerable<StoredEntry> ListAsync(string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listing = new SupabaseFolders(PageAsync, after);
        await foreach (var entry in listing.ReadAsync(cancellationToken))
        {
            yield return entry;
        }

        if (listing.IsEmpty)
        {
            await ConfirmBucketAsync(cancellationToken);
        }
    }

    public override async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (await HasBucketAsync(cancellationToken))
        {
            return;
        }

        await AskAsync(
            async silence =>
            {
                await api.CreateBucketAsync(silence.Token);
                return true;
            },
            cancellationToken);
    }

    protected override Task<StoredObject?> FindAsync(string key, CancellationToken cancellationToken) => AskAsync(
        async silence => await api.FindAsync(key, silence.Token) is { } found
            ? new StoredObject(found.Size ?? throw new HttpRequestException("The object has no size."), found.Sha256)
            : null,
        cancellationToken);

    protected override async Task UploadAsync(Upload upload, CancellationToken cancellationToken)
    {
        var tus = new TusUpload(api, upload);
        try
        {
            await AskAsync(
                async silence =>
                {
                    await CreateAsync(tus, silence.Token);
                    await tus.SendAsync(silence);
                    return true;
                },
                cancellationToken);
        }
        catch
        {
            await TryAbandonAsync(tus.AbandonAsync);
            throw;
        }
    }

    protected override Task<RemoteContent> OpenAsync(string key, long from, CancellationToken cancellationToken) =>
        AskAsync(silence => api.OpenAsync(key, from, silence.Token), cancellationToken);

    protected override async Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        if (!await AskAsync(silence => api.TryDeleteAsync(key, silence.Token), cancellationToken))
        {
            await ConfirmBucketAsync(cancellationToken);
        }
    }

    protected override async Task<bool> HasBucketAsync(CancellationToken cancellationToken)
    {
        var bucket = await AskAsync(silence => api.FindBucketAsync(silence.Token), cancellationToken);
        if (bucket is { Public: true } && !Interlocked.Exchange(ref _hasWarned, true))
        {
            LogPublic(api.Bucket);
        }

        return bucket is not null;
    }

    private Task<IReadOnlyList<SupabaseEntry>> PageAsync(string folder, int offset, CancellationToken cancellationToken) =>
        AskAsync(silence => api.ListAsync(folder, ListPageSize, offset, silence.Token), cancellationToken);

    private async Task CreateAsync(TusUpload tus, CancellationToken cancellationToken)
    {
        if (await tus.TryCreateAsync(cancellationToken))
        {
            return;
        }

        await api.CreateBucketAsync(cancellationToken);
        if (!await tus.TryCreateAsync(cancellationToken))
        {
            throw new VideoStoreException(StoreFault.Refused, "Supabase Storage made the bucket, but does not have it.");
        }
    }

    [LoggerMessage(LogLevel.Warning, "The bucket {Bucket} is public: whoever knows the address of a video can fetch it past this server")]
    private partial void LogPublic(string bucket);
}
