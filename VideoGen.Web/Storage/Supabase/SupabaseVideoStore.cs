using Microsoft.Extensions.Options;
using VideoGen.Web.Storage.Remote;

namespace VideoGen.Web.Storage.Supabase;

/// <summary>The store in a bucket of Supabase Storage.</summary>
internal sealed class SupabaseVideoStore(SupabaseApi api, IOptions<StorageOptions> options, TimeProvider clock)
    : RemoteVideoStore(SupabaseApi.ClientName, options, clock)
{
    public override Task ProbeAsync(CancellationToken cancellationToken) => AskAsync(
        async silence =>
        {
            if (!await api.HasBucketAsync(silence.Token))
            {
                await api.CreateBucketAsync(silence.Token);
            }

            return true;
        },
        cancellationToken);

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

    protected override Task RemoveAsync(string key, CancellationToken cancellationToken) => AskAsync(
        async silence =>
        {
            await api.DeleteAsync(key, silence.Token);
            return true;
        },
        cancellationToken);

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
}
