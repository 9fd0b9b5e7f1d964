using System.Net.Http.Headers;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Google.Json;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google.Vertex;

/// <summary>The endpoints of Vertex AI, and of Cloud Storage where its results lie. Safe for concurrent use.</summary>
/// <param name="http">Vertex AI.</param>
/// <param name="storage">Cloud Storage.</param>
/// <param name="tokens">The credentials of both.</param>
/// <param name="options">Names project and region.</param>
internal sealed class VertexApi(ProviderHttp http, ProviderHttp storage, GoogleTokens tokens, VertexOptions options)
{
    private const string BucketScheme = "gs://";

    public async Task<PredictOperation> CreateAsync(string model, PredictBody body, CancellationToken cancellationToken)
    {
        var bearer = await BearerOfCreateAsync(cancellationToken);
        var path = $"projects/{Uri.EscapeDataString(options.ProjectId)}/locations/{Uri.EscapeDataString(options.Location)}"
            + $"/publishers/google/models/{Uri.EscapeDataString(model)}:predictLongRunning";
        using var request = Post(path, JsonContent.Create(body, options: BoundedJson.Options), bearer);
        return await http.CreateAsync<PredictOperation>(request, body.Instances[0].Prompt, cancellationToken);
    }

    /// <summary>The operation, without the videos in it.</summary>
    public async Task<PredictOperation> FetchAsync(OperationName operation, CancellationToken cancellationToken)
    {
        using var request = Fetch(operation, await BearerAsync(cancellationToken));
        return await http.ReadAsync<PredictOperation>(request, static answer => new LongStringsLeftOut(answer), cancellationToken);
    }

    /// <summary>Opens a video that stands in the operation itself.</summary>
    public async Task<ProviderResult> OpenInlineAsync(OperationName operation, int index, CancellationToken cancellationToken)
    {
        var bearer = await BearerAsync(cancellationToken);
        string[] path = ["response", "videos", $"{index}", "bytesBase64Encoded"];
        return await InlineVideo.OpenAsync(http, _ => Fetch(operation, bearer), path, cancellationToken);
    }

    /// <summary>Opens a video that lies in a bucket.</summary>
    /// <param name="gcsUri">"gs://bucket/object".</param>
    public async Task<ProviderResult> OpenStoredAsync(string gcsUri, CancellationToken cancellationToken)
    {
        var parts = gcsUri.StartsWith(BucketScheme, StringComparison.Ordinal) ? gcsUri[BucketScheme.Length..].Split('/', 2) : [];
        if (parts is not [{ Length: > 0 } bucket, { Length: > 0 } name])
        {
            throw new VideoProviderException(FailureKind.ProviderError, $"{http.Peer.Name} named a place for the video that is none.");
        }

        var bearer = await BearerAsync(cancellationToken);
        var address = new Uri(storage.Peer.BaseAddress, $"b/{Uri.EscapeDataString(bucket)}/o/{Uri.EscapeDataString(name)}?alt=media");
        return await storage.OpenAsync(redirect => new HttpRequestMessage(HttpMethod.Get, redirect ?? address) { Headers = { Authorization = bearer } }, cancellationToken);
    }

    private static HttpRequestMessage Fetch(OperationName operation, AuthenticationHeaderValue bearer) =>
        Post($"{operation.Model}:fetchPredictOperation", JsonContent.Create(new FetchBody(operation.Text), options: BoundedJson.Options), bearer);

    private static HttpRequestMessage Post(string path, HttpContent content, AuthenticationHeaderValue bearer) =>
        new(HttpMethod.Post, path) { Content = content, Headers = { Authorization = bearer } };

    private async Task<AuthenticationHeaderValue> BearerAsync(CancellationToken cancellationToken) => new("Bearer", await tokens.GetAsync(cancellationToken));

    // Whatever happens here, the submission was not sent. That the account is refused will not pass by sending it again.
    private async Task<AuthenticationHeaderValue> BearerOfCreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await BearerAsync(cancellationToken);
        }
        catch (VideoProviderException ex) when (ex.Kind is FailureKind.Credentials)
        {
            throw new VideoProviderException(ex.Kind, ex.Message, ex.Detail, ex);
        }
        catch (OperationCanceledException ex)
        {
            var fault = ProviderFaults.Down(http.Peer.Name);
            throw new VideoProviderException(fault.Kind, fault.Sentence, "No access token in time.", ex) { IsTransient = true };
        }
    }
}
