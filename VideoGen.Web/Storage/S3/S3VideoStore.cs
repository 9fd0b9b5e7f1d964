using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;
using VideoGen.Web.Storage.Remote;

namespace VideoGen.Web.Storage.S3;

/// <summary>The store in a bucket of Amazon S3, or of a service that speaks its protocol.</summary>
internal sealed class S3VideoStore(IAmazonS3 client, IOptions<S3Options> s3, IOptions<StorageOptions> options, TimeProvider clock)
    : RemoteVideoStore("The S3 store", options, clock)
{
    public const string ClientName = "S3";

    private readonly string _bucket = s3.Value.Bucket;

    public override Task ProbeAsync(CancellationToken cancellationToken) => ConfirmBucketAsync(cancellationToken);

    public override async IAsyncEnumerable<StoredEntry> ListAsync(string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool hasMore;
        do
        {
            var page = await ListPageAsync(after, cancellationToken);
            var found = page.S3Objects ?? [];
            foreach (var entry in found.Where(entry => StoreKeys.IsListed(entry.Key)))
            {
                yield return new StoredEntry(entry.Key, entry.Size ?? 0, entry.LastModified is { } at ? new DateTimeOffset(at.ToUniversalTime()) : DateTimeOffset.MaxValue);
            }

            hasMore = page.IsTruncated is true && found.Count > 0;
            after = hasMore ? found[^1].Key : null;
        }
        while (hasMore);
    }

    protected override Task<StoredObject?> FindAsync(string key, CancellationToken cancellationToken) => AskS3Async(
        async silence =>
        {
            try
            {
                var found = await client.GetObjectMetadataAsync(_bucket, key, silence.Token);
                return new StoredObject(found.ContentLength, found.Metadata[S3Upload.Sha256Name]);
            }
            catch (AmazonServiceException ex) when (S3Faults.IsMissing(ex))
            {
                return null;
            }
        },
        cancellationToken);

    protected override async Task UploadAsync(Upload upload, CancellationToken cancellationToken)
    {
        var sending = new S3Upload(client, _bucket, upload);
        try
        {
            await AskS3Async(
                async silence =>
                {
                    await sending.SendAsync(silence);
                    return true;
                },
                cancellationToken);
        }
        catch
        {
            await TryAbandonAsync(sending.AbandonAsync);
            throw;
        }
    }

    protected override Task<RemoteContent> OpenAsync(string key, long from, CancellationToken cancellationToken) => AskS3Async(
        async silence =>
        {
            var answer = await client.GetObjectAsync(
                new GetObjectRequest { BucketName = _bucket, Key = key, ByteRange = new ByteRange($"bytes={from}-") }, silence.Token);

            // Without a range the answer is the whole object.
            var range = ContentRangeHeaderValue.TryParse(answer.ContentRange, out var said) ? said : null;
            return new RemoteContent(answer.ResponseStream, range?.From ?? 0, answer.ETag, range?.Length ?? answer.ContentLength);
        },
        cancellationToken);

    protected override Task RemoveAsync(string key, CancellationToken cancellationToken) => AskS3Async(
        silence => client.DeleteObjectAsync(_bucket, key, silence.Token), cancellationToken);

    protected override Task<bool> HasBucketAsync(CancellationToken cancellationToken) => AskS3Async(
        async silence =>
        {
            try
            {
                await client.HeadBucketAsync(new HeadBucketRequest { BucketName = _bucket }, silence.Token);
                return true;
            }
            catch (AmazonServiceException ex) when (S3Faults.IsMissing(ex))
            {
                return false;
            }
        },
        cancellationToken);

    // The order is that of the keys' bytes, so that the last key of a page says all about where the next begins.
    private Task<ListObjectsV2Response> ListPageAsync(string? after, CancellationToken cancellationToken) => AskS3Async(
        silence => client.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = _bucket, StartAfter = after, MaxKeys = ListPageSize }, silence.Token),
        cancellationToken);

    private Task<T> AskS3Async<T>(Func<Silence, Task<T>> ask, CancellationToken cancellationToken) => AskAsync(
        async silence =>
        {
            try
            {
                return await ask(silence);
            }
            catch (AmazonServiceException ex)
            {
                throw S3Faults.Of(ex);
            }
            catch (AmazonClientException ex)
            {
                throw new HttpRequestException("The vendor's client could not do it.", ex);
            }
        },
        cancellationToken);
}
