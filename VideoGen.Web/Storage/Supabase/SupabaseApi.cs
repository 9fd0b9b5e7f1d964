using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using VideoGen.Web.Providers.Transport;
using VideoGen.Web.Storage.Remote;

namespace VideoGen.Web.Storage.Supabase;

/// <summary>
/// The REST half of Supabase Storage, one method for each call. Each throws <see cref="VideoStoreException"/> for a refusal, and
/// what the connection throws for the rest.
/// </summary>
internal sealed class SupabaseApi(IHttpClientFactory clients, IOptions<SupabaseOptions> options)
{
    public const string ClientName = "Supabase Storage";

    public string Bucket { get; } = options.Value.Bucket;

    /// <returns><see langword="null"/> when there is no such object, or no bucket. A HEAD would not tell that from other trouble.</returns>
    public async Task<SupabaseObject?> FindAsync(string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"object/info/{Bucket}/{key}");
        using var response = await SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return await BoundedJson.ReadAsync<SupabaseObject>(response.Content, cancellationToken);
        }

        var error = await SupabaseError.ReadAsync(response, cancellationToken);
        return error.IsMissing ? null : throw error.ToException();
    }

    public async Task<RemoteContent> OpenAsync(string key, long from, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"object/authenticated/{Bucket}/{key}");
        request.Headers.Range = new RangeHeaderValue(from, to: null);
        var response = await SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            // Without a range the answer is the whole file.
            var range = response.Content.Headers.ContentRange;
            var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            return new RemoteContent(content, range?.From ?? 0, response.Headers.ETag?.Tag, range?.Length ?? response.Content.Headers.ContentLength);
        }

        using (response)
        {
            throw (await SupabaseError.ReadAsync(response, cancellationToken)).ToException();
        }
    }

    /// <returns><see langword="false"/> when there is no such object, or no bucket.</returns>
    public async Task<bool> TryDeleteAsync(string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"object/{Bucket}/{key}");
        using var response = await SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return true;
        }

        var error = await SupabaseError.ReadAsync(response, cancellationToken);
        return error.IsMissing ? false : throw error.ToException();
    }

    /// <summary>One page of a folder, by name. A missing bucket looks like an empty one.</summary>
    /// <param name="folder">Empty for the whole bucket, otherwise with a slash at its end.</param>
    public async Task<IReadOnlyList<SupabaseEntry>> ListAsync(string folder, int limit, int offset, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"object/list/{Bucket}")
        {
            Content = JsonContent.Create(new SupabaseListing(folder, limit, offset, new SupabaseOrder("name", "asc")), options: JsonSerializerOptions.Web),
        };
        await request.Content.LoadIntoBufferAsync(cancellationToken);
        using var response = await SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? await BoundedJson.ReadAsync<List<SupabaseEntry>>(response.Content, cancellationToken)
            : throw (await SupabaseError.ReadAsync(response, cancellationToken)).ToException();
    }

    /// <returns><see langword="null"/> when the bucket is missing.</returns>
    public async Task<SupabaseBucket?> FindBucketAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"bucket/{Bucket}");
        using var response = await SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return await BoundedJson.ReadAsync<SupabaseBucket>(response.Content, cancellationToken);
        }

        var error = await SupabaseError.ReadAsync(response, cancellationToken);
        return error.IsMissing ? null : throw error.ToException();
    }

    /// <summary>Makes the bucket, not for the public. That somebody else was quicker is fine.</summary>
    public async Task CreateBucketAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "bucket")
        {
            Content = JsonContent.Create(new SupabaseBucket(Bucket, Bucket, Public: false), options: JsonSerializerOptions.Web),
        };
        await request.Content.LoadIntoBufferAsync(cancellationToken);
        using var response = await SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode && await SupabaseError.ReadAsync(response, cancellationToken) is { IsBucketThere: false } error)
        {
            throw error.ToException();
        }
    }

    /// <summary>Sends one request and gives the answer whatever it says, as soon as its headers are here.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
