using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using VideoGen.Tests.Storage.Remote;

namespace VideoGen.Tests.Storage.Supabase;

/// <summary>
/// Supabase Storage as its contract describes it: REST errors are HTTP 400 with the real status, as a string, in the body; uploads in
/// chunks answer in plain text. Two traps of the real server are kept: an upload that may not overwrite is found out at its end, too,
/// and a chunk at the wrong place breaks the connection before anything of it is read.
/// </summary>
internal sealed partial class SupabaseServer : StoreDouble
{
    public const string Key = "sb_secret_CANARY-4711";
    public const string Bucket = "generated-videos";

    private const string Prefix = "/storage/v1/";

    private readonly SupabaseUploads _uploads = new();

    /// <summary>The buckets there are, and whether each is public.</summary>
    public Dictionary<string, bool> Buckets { get; } = new(StringComparer.Ordinal) { [Bucket] = false };

    /// <summary>What the server takes; anything else is credentials that it refuses.</summary>
    public string AcceptedKey { get; set; } = Key;

    public long LargestObject { get; set; } = long.MaxValue;

    public override int Unfinished => _uploads.Unfinished;

    public string? Sha256Of(string key) => Blobs[key].Sha256;

    /// <summary>Something else asked about the upload while a chunk arrived: the chunk is answered early, with what had arrived by then.</summary>
    public StoreMishap PartlyTaken(int bytes) => new(static request => HttpMethods.IsPatch(request.Method), async context =>
    {
        var upload = _uploads.Find(context.Request.Path.Value!.Split('/')[^1])!;
        var taken = new byte[bytes];
        await context.Request.Body.ReadExactlyAsync(taken);
        await File.WriteAllBytesAsync(upload.Path, taken);
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers["upload-offset"] = upload.Offset.ToString(CultureInfo.InvariantCulture);
    });

    /// <summary>Puts an object there as another program would, without a hash beside it.</summary>
    public void Place(string key, byte[] content)
    {
        var path = NewFile();
        File.WriteAllBytes(path, content);
        Blobs[key] = new StoredBlob(path, "video/mp4", StoredBlob.HashOf(path), Sha256: null);
    }

    protected override Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Headers.ContainsKey("Authorization"))
        {
            return RefuseAsync(context, 400, "400", "InvalidRequest", "headers must have required property 'authorization'");
        }

        if (request.Headers.Authorization != $"Bearer {AcceptedKey}" || request.Headers["apikey"] != AcceptedKey)
        {
            return RefuseAsync(context, 400, "403", "AccessDenied", "signature verification failed");
        }

        var path = request.Path.Value!;
        return path.StartsWith(Prefix, StringComparison.Ordinal)
            ? RouteAsync(context, path[Prefix.Length..])
            : UnknownAsync(context);
    }

    private Task RouteAsync(HttpContext context, string path) => (context.Request.Method, path.Split('/', 3)) switch
    {
        ("POST", ["bucket"]) => CreateBucketAsync(context),
        ("GET", ["bucket", var bucket]) => BucketAsync(context, bucket),
        ("GET", ["object", "info", var rest]) => ObjectAsync(context, rest, blob => InfoAsync(context, blob)),
        ("GET", ["object", "authenticated", var rest]) => ObjectAsync(context, rest, blob => DownloadAsync(context, blob)),
        ("POST", ["object", "list", var bucket]) => ListAsync(context, bucket),
        ("DELETE", ["object", var bucket, var key]) => ObjectAsync(context, $"{bucket}/{key}", _ => DeleteAsync(context, key)),
        ("POST", ["upload", "resumable"]) => CreateUploadAsync(context),
        ("PATCH", ["upload", "resumable", var id]) => PatchAsync(context, id),
        ("HEAD", ["upload", "resumable", var id]) => _uploads.HeadAsync(context, id),
        ("DELETE", ["upload", "resumable", var id]) => _uploads.DeleteAsync(context, id),
        _ => UnknownAsync(context),
    };

    private async Task CreateBucketAsync(HttpContext context)
    {
        var wish = await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body);
        var name = wish!["name"]!.GetValue<string>();
        if (!Buckets.TryAdd(name, wish["public"]!.GetValue<bool>()))
        {
            await RefuseAsync(context, 400, "409", "BucketAlreadyExists", "The resource already exists");
            return;
        }

        await context.Response.WriteAsJsonAsync(new JsonObject { ["name"] = name });
    }

    private Task BucketAsync(HttpContext context, string name) => Buckets.TryGetValue(name, out var isPublic)
        ? context.Response.WriteAsJsonAsync(new JsonObject { ["id"] = name, ["name"] = name, ["public"] = isPublic })
        : RefuseAsync(context, 400, "404", "NoSuchBucket", "Bucket not found");

    private Task ObjectAsync(HttpContext context, string path, Func<StoredBlob, Task> answer)
    {
        var (bucket, key) = path.Split('/', 2) switch { var parts => (parts[0], parts[^1]) };
        if (!Buckets.ContainsKey(bucket))
        {
            return RefuseAsync(context, 400, "404", "NoSuchBucket", "Bucket not found");
        }

        return Blobs.TryGetValue(key, out var blob) ? answer(blob) : RefuseAsync(context, 400, "404", "NoSuchKey", "Object not found");
    }

    // One level at a time, folders first; a bucket that is missing is as good as empty.
    private async Task ListAsync(HttpContext context, string bucket)
    {
        var wish = await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body);
        var prefix = wish!["prefix"]!.GetValue<string>();
        var below = Keys.Where(key => Buckets.ContainsKey(bucket) && key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key[prefix.Length..]).ToList();
        var folders = below.Where(name => name.Contains('/', StringComparison.Ordinal)).Select(name => name[..name.IndexOf('/', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal);
        var files = below.Where(name => !name.Contains('/', StringComparison.Ordinal));
        IEnumerable<JsonObject> all = [.. folders.Select(FolderOf), .. files.Select(name => FileOf(name, Blobs[prefix + name]))];
        await context.Response.WriteAsJsonAsync(all.Skip(wish["offset"]!.GetValue<int>()).Take(wish["limit"]!.GetValue<int>()));
    }

    private static JsonObject FolderOf(string name) => new() { ["name"] = name, ["id"] = null, ["updated_at"] = null, ["created_at"] = null, ["metadata"] = null };

    private static JsonObject FileOf(string name, StoredBlob blob) => new()
    {
        ["name"] = name,
        ["id"] = Guid.NewGuid().ToString(),
        ["updated_at"] = blob.WrittenAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["metadata"] = new JsonObject { ["size"] = blob.Length, ["mimetype"] = blob.MediaType, ["eTag"] = $"\"{blob.Tag}\"" },
    };

    private static Task InfoAsync(HttpContext context, StoredBlob blob) => context.Response.WriteAsJsonAsync(new JsonObject
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["bucket_id"] = Bucket,
        ["size"] = blob.Length,
        ["content_type"] = blob.MediaType,
        ["etag"] = $"\"{blob.Tag}\"",
        ["metadata"] = blob.Sha256 is null ? null : new JsonObject { ["sha256"] = blob.Sha256 },
    });

    private static async Task DownloadAsync(HttpContext context, StoredBlob blob)
    {
        if (!await TrySendAsync(context, blob))
        {
            await RefuseAsync(context, 416, "416", "InvalidRange", "invalid range provided");
        }
    }

    private Task DeleteAsync(HttpContext context, string key)
    {
        Blobs.TryRemove(key, out _);
        return context.Response.WriteAsJsonAsync(new JsonObject { ["message"] = "Successfully deleted" });
    }

    private Task CreateUploadAsync(HttpContext context)
    {
        var (status, text) = SupabaseUpload.TryRead(context.Request, out var upload) switch
        {
            { } problem => problem,
            null when !Buckets.ContainsKey(upload!.Bucket) => (404, "Bucket not found"),
            null when !KeyForm().IsMatch(upload.Key) => (400, $"Invalid key: {upload.Key}"),
            null when Blobs.ContainsKey(upload.Key) => (409, "The resource already exists"),
            null when upload.Length > LargestObject => (413, "The object exceeded the maximum allowed size"),
            null => (201, ""),
        };
        if (status == 201)
        {
            var id = _uploads.Add(upload! with { Path = NewFile() });
            context.Response.Headers.Location = $"{Address}storage/v1/upload/resumable/{id}";
        }

        return SayAsync(context, status, text);
    }

    private async Task PatchAsync(HttpContext context, string id)
    {
        if (_uploads.Find(id) is not { } upload)
        {
            await SayAsync(context, 404, "The file for this url was not found");
            return;
        }

        var request = context.Request;
        if (long.Parse(request.Headers["Upload-Offset"].ToString(), CultureInfo.InvariantCulture) != upload.Offset
            || !string.Equals(request.ContentType, "application/offset+octet-stream", StringComparison.Ordinal))
        {
            context.Abort();
            return;
        }

        await AppendAsync(request, upload.Path);
        if (upload.Offset == upload.Length)
        {
            var blob = new StoredBlob(upload.Path, upload.MediaType, StoredBlob.HashOf(upload.Path), upload.Sha256);
            if (!Blobs.TryAdd(upload.Key, blob))
            {
                await SayAsync(context, 409, "The resource already exists");
                return;
            }

            _uploads.Finish(id);
            context.Response.Headers["tus-complete"] = "1";
        }

        context.Response.Headers["upload-offset"] = upload.Offset.ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The body of a REST error.</summary>
    public static string ErrorOf(string status, string code, string message) =>
        new JsonObject { ["statusCode"] = status, ["error"] = code, ["message"] = message, ["code"] = code }.ToJsonString();

    private static Task RefuseAsync(HttpContext context, int http, string status, string code, string message)
    {
        context.Response.StatusCode = http;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(ErrorOf(status, code, message));
    }

    private static Task UnknownAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["message"] = $"Route {context.Request.Method}:{context.Request.Path} not found",
            ["error"] = "Not Found",
            ["statusCode"] = 404,
        });
    }

    internal static Task SayAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return text.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(text);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_/!.*'() &$=@;:+,?-]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyForm();
}
