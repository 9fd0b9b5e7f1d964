using System.Collections.Concurrent;
using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using VideoGen.Tests.Storage.Remote;

namespace VideoGen.Tests.Storage.S3;

/// <summary>
/// A service that speaks Amazon's S3 protocol, with the bucket in the path. It wants each request signed (version 4, though only
/// whose key it is and the hash of the body are looked at) and takes <c>If-None-Match: *</c> seriously.
/// </summary>
internal sealed class S3Server : StoreDouble
{
    public const string AccessKey = "AKIDCANARY4711";
    public const string SecretKey = "secret/CANARY+0815";
    public const string Bucket = "generated-videos";

    private const long SmallestPart = 5 * 1024 * 1024;

    private static readonly XNamespace Amazon = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly ConcurrentDictionary<string, S3Parts> _uploads = new(StringComparer.Ordinal);

    /// <summary>Anybody else's requests are refused.</summary>
    public string AcceptedKey { get; set; } = AccessKey;

    public bool HasBucket { get; set; } = true;

    /// <summary>Some services overwrite whatever the header says.</summary>
    public bool MindsConditions { get; set; } = true;

    /// <summary>Whether the last object came with <c>If-None-Match: *</c>.</summary>
    public bool WasConditional { get; private set; }

    public override int Unfinished => _uploads.Count;

    /// <summary>Puts an object there as another program would, without a hash beside it.</summary>
    public void Place(string key, byte[] content)
    {
        var path = NewFile();
        File.WriteAllBytes(path, content);
        Blobs[key] = new StoredBlob(path, "video/mp4", StoredBlob.HashOf(path), Sha256: null);
    }

    /// <summary>The body of an error.</summary>
    public static string ErrorOf(string code) =>
        new XElement("Error", new XElement("Code", code), new XElement("Message", "Signed with secret words."), new XElement("Resource", "/")).ToString();

    protected override Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("AWS4-HMAC-SHA256 Credential=", StringComparison.Ordinal)
            || !authorization.Contains("Signature=", StringComparison.Ordinal)
            || !request.Headers.ContainsKey("x-amz-date"))
        {
            return RefuseAsync(context, 403, "AccessDenied");
        }

        if (!authorization.Contains($"Credential={AcceptedKey}/", StringComparison.Ordinal))
        {
            return RefuseAsync(context, 403, "InvalidAccessKeyId");
        }

        var parts = request.Path.Value!.Trim('/').Split('/', 2);
        if (!HasBucket || !string.Equals(parts[0], Bucket, StringComparison.Ordinal))
        {
            return RefuseAsync(context, 404, "NoSuchBucket");
        }

        if (parts.Length == 1)
        {
            return request.Query["list-type"] == "2" ? ListAsync(context) : Task.CompletedTask;
        }

        return RouteAsync(context, parts[1], request.Query["uploadId"].ToString());
    }

    private Task RouteAsync(HttpContext context, string key, string uploadId) => (context.Request.Method, uploadId) switch
    {
        ("HEAD" or "GET", _) => SendAsync(context, key),
        ("PUT", "") => PutAsync(context, key),
        ("PUT", _) => PutPartAsync(context, uploadId),
        ("POST", "") => BeginAsync(context, key),
        ("POST", _) => CompleteAsync(context, key, uploadId),
        ("DELETE", "") => DeleteAsync(context, key),
        ("DELETE", _) => AbortAsync(context, uploadId),
        _ => RefuseAsync(context, 405, "MethodNotAllowed"),
    };

    private async Task SendAsync(HttpContext context, string key)
    {
        if (!Blobs.TryGetValue(key, out var blob))
        {
            await RefuseAsync(context, 404, "NoSuchKey");
            return;
        }

        if (blob.Sha256 is not null)
        {
            context.Response.Headers["x-amz-meta-sha256"] = blob.Sha256;
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.ContentLength = blob.Length;
            context.Response.ContentType = blob.MediaType;
            context.Response.Headers.ETag = $"\"{blob.Tag}\"";
        }
        else if (!await TrySendAsync(context, blob))
        {
            await RefuseAsync(context, 416, "InvalidRange");
        }
    }

    // In the order of the keys; no more than a thousand at once.
    private Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var after = query["start-after"].ToString();
        var most = int.TryParse(query["max-keys"], CultureInfo.InvariantCulture, out var wanted) ? Math.Min(wanted, 1000) : 1000;
        var found = Keys.Where(key => string.CompareOrdinal(key, after) > 0).Take(most + 1).ToList();
        return SayAsync(context, new XElement(
            Amazon + "ListBucketResult",
            new XElement(Amazon + "Name", Bucket),
            new XElement(Amazon + "KeyCount", Math.Min(found.Count, most)),
            new XElement(Amazon + "IsTruncated", found.Count > most),
            found.Take(most).Select(key => new XElement(
                Amazon + "Contents",
                new XElement(Amazon + "Key", key),
                new XElement(Amazon + "LastModified", Blobs[key].WrittenAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
                new XElement(Amazon + "ETag", $"\"{Blobs[key].Tag}\""),
                new XElement(Amazon + "Size", Blobs[key].Length)))));
    }

    private async Task PutAsync(HttpContext context, string key)
    {
        if (await TakeAsync(context) is { } path)
        {
            var blob = new StoredBlob(path, context.Request.ContentType!, StoredBlob.HashOf(path), Sha256Of(context));
            if (await TryKeepAsync(context, key, blob))
            {
                context.Response.Headers.ETag = $"\"{blob.Tag}\"";
            }
        }
    }

    private Task BeginAsync(HttpContext context, string key)
    {
        var id = Guid.NewGuid().ToString("N");
        _uploads[id] = new S3Parts(key, context.Request.ContentType!, Sha256Of(context));
        return SayAsync(context, new XElement(
            Amazon + "InitiateMultipartUploadResult",
            new XElement(Amazon + "Bucket", Bucket),
            new XElement(Amazon + "Key", key),
            new XElement(Amazon + "UploadId", id)));
    }

    private async Task PutPartAsync(HttpContext context, string id)
    {
        if (!_uploads.TryGetValue(id, out var upload))
        {
            await RefuseAsync(context, 404, "NoSuchUpload");
            return;
        }

        if (await TakeAsync(context) is { } path)
        {
            var number = int.Parse(context.Request.Query["partNumber"].ToString(), CultureInfo.InvariantCulture);
            upload.Paths[number] = path;
            context.Response.Headers.ETag = $"\"{StoredBlob.HashOf(path)}\"";
        }
    }

    private async Task CompleteAsync(HttpContext context, string key, string id)
    {
        if (!_uploads.TryGetValue(id, out var upload))
        {
            await RefuseAsync(context, 404, "NoSuchUpload");
            return;
        }

        var wish = await XDocument.LoadAsync(context.Request.Body, LoadOptions.None, context.RequestAborted);
        var numbers = wish.Descendants().Where(element => string.Equals(element.Name.LocalName, "PartNumber", StringComparison.Ordinal))
            .Select(element => int.Parse(element.Value, CultureInfo.InvariantCulture)).ToList();
        if (numbers.SkipLast(1).Any(number => new FileInfo(upload.Paths[number]).Length < SmallestPart))
        {
            await RefuseAsync(context, 400, "EntityTooSmall");
            return;
        }

        var path = NewFile();
        await using (var whole = File.Create(path))
        {
            foreach (var number in numbers)
            {
                await using var part = File.OpenRead(upload.Paths[number]);
                await part.CopyToAsync(whole);
            }
        }

        var blob = new StoredBlob(path, upload.MediaType, $"{StoredBlob.HashOf(path)}-{numbers.Count}", upload.Sha256);
        if (await TryKeepAsync(context, key, blob))
        {
            _uploads.TryRemove(id, out _);
            await SayAsync(context, new XElement(
                Amazon + "CompleteMultipartUploadResult", new XElement(Amazon + "Key", key), new XElement(Amazon + "ETag", $"\"{blob.Tag}\"")));
        }
    }

    private Task AbortAsync(HttpContext context, string id)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return _uploads.TryRemove(id, out _) ? Task.CompletedTask : RefuseAsync(context, 404, "NoSuchUpload");
    }

    private Task DeleteAsync(HttpContext context, string key)
    {
        Blobs.TryRemove(key, out _);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task<bool> TryKeepAsync(HttpContext context, string key, StoredBlob blob)
    {
        WasConditional = context.Request.Headers.IfNoneMatch == "*";
        if (!MindsConditions || !WasConditional)
        {
            Blobs[key] = blob;
            return true;
        }

        if (Blobs.TryAdd(key, blob))
        {
            return true;
        }

        await RefuseAsync(context, 412, "PreconditionFailed");
        return false;
    }

    /// <returns>Where the body lies; <see langword="null"/> when it is not what was signed, which is answered.</returns>
    private async Task<string?> TakeAsync(HttpContext context)
    {
        var path = NewFile();
        await AppendAsync(context.Request, path);
        if (context.Request.Headers["x-amz-content-sha256"] == StoredBlob.HashOf(path))
        {
            return path;
        }

        await RefuseAsync(context, 400, "XAmzContentSHA256Mismatch");
        return null;
    }

    private static string? Sha256Of(HttpContext context) => context.Request.Headers["x-amz-meta-sha256"] is { Count: 1 } value ? value.ToString() : null;

    private static Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(ErrorOf(code));
    }

    private static Task SayAsync(HttpContext context, XElement answer)
    {
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(answer.ToString());
    }

    private sealed record S3Parts(string Key, string MediaType, string? Sha256)
    {
        public ConcurrentDictionary<int, string> Paths { get; } = new();
    }
}
