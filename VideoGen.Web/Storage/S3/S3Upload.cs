using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using VideoGen.Web.Storage.Remote;

namespace VideoGen.Web.Storage.S3;

/// <summary>
/// One upload: a small file in one request, a large one in parts that become an object all at once. Both only where nothing is
/// yet (<c>If-None-Match: *</c>).
/// </summary>
internal sealed class S3Upload(IAmazonS3 client, string bucket, Upload upload)
{
    /// <summary>Under which name the object's own SHA-256 lies beside it.</summary>
    public const string Sha256Name = "sha256";

    private const string OnlyIfNew = "*";

    // Amazon takes no parts below 5 MiB, and no more than 10,000 of them.
    private const long SmallestPart = 8 * 1024 * 1024;
    private const int MostParts = 10_000;

    private string? _multipartId;

    public Task SendAsync(Silence silence) => upload.Digest.Length <= SmallestPart ? SendWholeAsync(silence) : SendPartsAsync(silence);

    /// <summary>Has the service forget the parts of an upload that will not be finished: they are charged for.</summary>
    public async Task AbandonAsync(CancellationToken cancellationToken)
    {
        if (_multipartId is not { } id)
        {
            return;
        }

        try
        {
            await client.AbortMultipartUploadAsync(bucket, upload.Key, id, cancellationToken);
        }
        catch (AmazonServiceException ex)
        {
            throw S3Faults.Of(ex);
        }
    }

    private async Task SendWholeAsync(Silence silence)
    {
        await using var file = File.OpenRead(upload.LocalPath);
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = upload.Key,
            InputStream = file,
            AutoCloseStream = false,
            ContentType = upload.MediaType,
            IfNoneMatch = OnlyIfNew,
            UseChunkEncoding = false,
            StreamTransferProgress = (_, _) => silence.Break(),
        };
        request.Metadata[Sha256Name] = upload.Digest.Sha256;
        await client.PutObjectAsync(request, silence.Token);
    }

    private async Task SendPartsAsync(Silence silence)
    {
        var begin = new InitiateMultipartUploadRequest { BucketName = bucket, Key = upload.Key, ContentType = upload.MediaType };
        begin.Metadata[Sha256Name] = upload.Digest.Sha256;
        var begun = await client.InitiateMultipartUploadAsync(begin, silence.Token);
        _multipartId = begun.UploadId;

        var partSize = Math.Max(SmallestPart, (upload.Digest.Length / MostParts) + 1);
        List<PartETag> parts = [];
        for (long position = 0; position < upload.Digest.Length; position += partSize)
        {
            silence.Break();
            parts.Add(await SendPartAsync(parts.Count + 1, position, Math.Min(partSize, upload.Digest.Length - position), silence));
        }

        silence.Break();
        await client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = bucket, Key = upload.Key, UploadId = begun.UploadId, PartETags = parts, IfNoneMatch = OnlyIfNew },
            silence.Token);
        _multipartId = null;
    }

    private async Task<PartETag> SendPartAsync(int number, long position, long length, Silence silence)
    {
        var answer = await client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = upload.Key,
                UploadId = _multipartId,
                PartNumber = number,
                FilePath = upload.LocalPath,
                FilePosition = position,
                PartSize = length,
                UseChunkEncoding = false,
                StreamTransferProgress = (_, _) => silence.Break(),
            },
            silence.Token);
        return new PartETag(number, answer.ETag);
    }
}
