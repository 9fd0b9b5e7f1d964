using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace VideoGen.Tests.Storage.Supabase;

/// <summary>The uploads in chunks that the double has begun.</summary>
internal sealed class SupabaseUploads
{
    private readonly ConcurrentDictionary<string, SupabaseUpload> _all = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _finished = new(StringComparer.Ordinal);

    public int Unfinished => _all.Keys.Count(id => !_finished.ContainsKey(id));

    public string Add(SupabaseUpload upload)
    {
        var id = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{upload.Bucket}/{upload.Key}/{Guid.NewGuid()}"))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');
        File.WriteAllBytes(upload.Path, []);
        _all[id] = upload;
        return id;
    }

    public SupabaseUpload? Find(string id) => _all.GetValueOrDefault(id);

    public void Finish(string id) => _finished[id] = true;

    public Task HeadAsync(HttpContext context, string id)
    {
        if (Find(id) is not { } upload)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.Headers["upload-offset"] = upload.Offset.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["upload-length"] = upload.Length.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(HttpContext context, string id)
    {
        context.Response.StatusCode = _finished.ContainsKey(id) ? 409 : _all.TryRemove(id, out _) ? 204 : 404;
        return Task.CompletedTask;
    }
}

/// <summary>One of them. What has arrived is what lies in the file.</summary>
internal sealed record SupabaseUpload(string Bucket, string Key, string MediaType, string? Sha256, long Length, string Path)
{
    public long Offset => new FileInfo(Path).Length;

    /// <returns>What is wrong with the request, or <see langword="null"/>.</returns>
    public static (int Status, string Text)? TryRead(HttpRequest request, out SupabaseUpload? upload)
    {
        upload = null;
        if (request.Headers["Tus-Resumable"] != "1.0.0")
        {
            return (412, "Tus-Resumable Required");
        }

        if (!long.TryParse(request.Headers["Upload-Length"], CultureInfo.InvariantCulture, out var length)
            || request.Headers["Upload-Metadata"].ToString() is not { Length: > 0 } metadata)
        {
            return (400, "Upload-Length or Upload-Metadata header required");
        }

        var pairs = metadata.Split(',').Select(pair => pair.Split(' ')).ToDictionary(
            pair => pair[0], pair => Encoding.UTF8.GetString(Convert.FromBase64String(pair[1])), StringComparer.Ordinal);
        var own = pairs.TryGetValue("metadata", out var json) ? JsonNode.Parse(json) : null;
        upload = new SupabaseUpload(
            pairs["bucketName"], pairs["objectName"], pairs["contentType"], own?["sha256"]?.GetValue<string>(), length, Path: "");
        return null;
    }
}
