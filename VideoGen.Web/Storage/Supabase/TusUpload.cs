using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using VideoGen.Web.Storage.Remote;

namespace VideoGen.Web.Storage.Supabase;

/// <summary>
/// One upload in chunks (TUS 1.0.0), for files of any size: creating it tells every refusal before a byte of the file is sent. A
/// refusal in the middle of a body may never arrive, because the server stops reading; so whatever goes wrong with a
/// chunk, the server is asked how far it has come and the upload goes on from there.
/// </summary>
internal sealed class TusUpload(SupabaseApi api, Upload upload)
{
    // What the vendor documents; its own clients use no other.
    private const int ChunkSize = 6 * 1024 * 1024;

    // How often in a row the server may not come further.
    private const int MaxAttempts = 3;

    private const string Version = "1.0.0";
    private const string OffsetHeader = "Upload-Offset";

    private string? _location;

    /// <returns><see langword="false"/> when the bucket is missing.</returns>
    public async Task<bool> TryCreateAsync(CancellationToken cancellationToken)
    {
        using var request = RequestOf(HttpMethod.Post, "upload/resumable");
        request.Headers.Add("Upload-Length", upload.Digest.Length.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", MetadataOf());
        using var response = await api.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            return false;
        }

        if (response.StatusCode is not HttpStatusCode.Created)
        {
            throw (await SupabaseError.ReadAsync(response, cancellationToken)).ToException();
        }

        // Only the name of the upload is taken: the key goes to the configured address, whatever the server thinks its own is.
        _location = response.Headers.Location is { } location
            ? $"upload/resumable/{location.OriginalString[(location.OriginalString.LastIndexOf('/') + 1)..]}"
            : throw new HttpRequestException("The upload was made but not named.");
        return true;
    }

    /// <summary>Sends the file, chunk by chunk.</summary>
    public async Task SendAsync(Silence silence)
    {
        using var file = File.OpenHandle(upload.LocalPath, options: FileOptions.Asynchronous | FileOptions.SequentialScan);
        long offset = 0;
        var attempts = 0;
        while (offset < upload.Digest.Length)
        {
            silence.Break();
            var said = await TrySendChunkAsync(file, offset, silence);
            var reached = said ?? await ReachedAsync(silence);
            if (said is null && reached == upload.Digest.Length)
            {
                // All of it has arrived, but it is not said that it became an object: another one may be there already.
                throw new VideoStoreException(StoreFault.Down, "Supabase Storage did not confirm the end of the upload.");
            }

            attempts = reached > offset ? 0 : attempts + 1;
            if (attempts == MaxAttempts)
            {
                throw new VideoStoreException(StoreFault.Down, "Supabase Storage does not take the rest of the file.");
            }

            offset = reached;
        }
    }

    /// <summary>Has the server forget what has arrived of an upload that will not be finished.</summary>
    public async Task AbandonAsync(CancellationToken cancellationToken)
    {
        if (_location is not null)
        {
            using var request = RequestOf(HttpMethod.Delete, _location);
            using var response = await api.SendAsync(request, cancellationToken);
        }
    }

    /// <returns>
    /// How far the server says it has come: less than was sent when something else asked about this upload meanwhile.
    /// <see langword="null"/> when it has to be asked.
    /// </returns>
    private async Task<long?> TrySendChunkAsync(SafeFileHandle file, long offset, Silence silence)
    {
        var length = (int)Math.Min(ChunkSize, upload.Digest.Length - offset);
        using var request = RequestOf(HttpMethod.Patch, _location!);
        request.Headers.Add(OffsetHeader, offset.ToString(CultureInfo.InvariantCulture));
        request.Headers.ExpectContinue = true;
        request.Content = new FileSlice(file, offset, length, silence);
        try
        {
            using var response = await api.SendAsync(request, silence.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.NoContent => OffsetOf(response),
                HttpStatusCode.Conflict or HttpStatusCode.Locked => null,
                >= HttpStatusCode.InternalServerError and not HttpStatusCode.InsufficientStorage => null,
                _ => throw (await SupabaseError.ReadAsync(response, silence.Token)).ToException(),
            };
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private async Task<long> ReachedAsync(Silence silence)
    {
        silence.Break();
        using var request = RequestOf(HttpMethod.Head, _location!);
        using var response = await api.SendAsync(request, silence.Token);
        return response switch
        {
            { IsSuccessStatusCode: true } => OffsetOf(response) ?? throw new HttpRequestException("The server does not say how far the upload has come."),
            { StatusCode: HttpStatusCode.NotFound } => throw new VideoStoreException(StoreFault.Down, "Supabase Storage has lost the upload."),
            _ => throw (await SupabaseError.ReadAsync(response, silence.Token)).ToException(),
        };
    }

    // Not overwriting is the server's default, and is said all the same.
    private static HttpRequestMessage RequestOf(HttpMethod method, string address) => new(method, address)
    {
        Headers = { { "Tus-Resumable", Version }, { "x-upsert", "false" } },
    };

    private string MetadataOf()
    {
        var own = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["sha256"] = upload.Digest.Sha256 });
        return string.Join(
            ',',
            PairOf("bucketName", api.Bucket),
            PairOf("objectName", upload.Key),
            PairOf("contentType", upload.MediaType),
            PairOf("cacheControl", "3600"),
            PairOf("metadata", own));
    }

    private static string PairOf(string name, string value) => $"{name} {Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}";

    private static long? OffsetOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(OffsetHeader, out var values) && long.TryParse(values.First(), CultureInfo.InvariantCulture, out var offset) ? offset : null;
}
