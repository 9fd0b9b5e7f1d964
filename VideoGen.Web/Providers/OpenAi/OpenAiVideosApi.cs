using System.Net;
using System.Net.Http.Headers;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.OpenAi;

/// <summary>The endpoints of the OpenAI Videos dialect at one base address. Safe for concurrent use.</summary>
internal sealed class OpenAiVideosApi(ProviderHttp http)
{
    /// <summary>The longest page.</summary>
    public const int MostListed = 100;

    public Task<VideoObject> CreateAsync(CreateVideoBody body, CancellationToken cancellationToken) =>
        http.CreateAsync<VideoObject>(Post(JsonContent.Create(body, options: BoundedJson.Options)), body.Prompt, cancellationToken);

    /// <summary>Creates a video whose first frame is the image.</summary>
    public Task<VideoObject> CreateAsync(CreateVideoBody body, InlineImage image, CancellationToken cancellationToken)
    {
        var file = new ByteArrayContent(image.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(image.MediaType) } };
        var form = new MultipartFormDataContent
        {
            { new StringContent(body.Prompt), "prompt" },
            { new StringContent(body.Model), "model" },
            { new StringContent(body.Seconds), "seconds" },
            { new StringContent(body.Size), "size" },
            { file, "input_reference", image.FileName },
        };
        return http.CreateAsync<VideoObject>(Post(form), body.Prompt, cancellationToken);
    }

    /// <summary>Creates a video that remakes a finished one. Its size and length cannot be said.</summary>
    public Task<VideoObject> RemixAsync(string videoId, RemixVideoBody body, CancellationToken cancellationToken) => http.CreateAsync<VideoObject>(
        new HttpRequestMessage(HttpMethod.Post, $"{PathOf(videoId)}/remix") { Content = JsonContent.Create(body, options: BoundedJson.Options) },
        body.Prompt,
        status => status is HttpStatusCode.NotFound or HttpStatusCode.Gone ? ProviderFaults.SourceGone(http.Peer.Name) : null,
        cancellationToken);

    public Task<VideoObject> GetAsync(string videoId, CancellationToken cancellationToken) =>
        http.ReadAsync<VideoObject>(new HttpRequestMessage(HttpMethod.Get, PathOf(videoId)), cancellationToken);

    /// <summary>Videos of the account, the newest first.</summary>
    /// <param name="after">The video after which the page begins; <see langword="null"/> for the first page.</param>
    public Task<VideoList> ListAsync(string? after, CancellationToken cancellationToken)
    {
        var from = after is null ? "" : $"&after={Uri.EscapeDataString(after)}";
        return http.ReadAsync<VideoList>(new HttpRequestMessage(HttpMethod.Get, $"videos?limit={MostListed}&order=desc{from}"), cancellationToken);
    }

    public Task<ProviderResult> OpenContentAsync(string videoId, CancellationToken cancellationToken) =>
        http.OpenAsync(address => new HttpRequestMessage(HttpMethod.Get, address ?? new Uri($"{PathOf(videoId)}/content", UriKind.Relative)), cancellationToken);

    /// <summary>Deletes a video that has ended. One that is gone is fine.</summary>
    public Task DeleteAsync(string videoId, CancellationToken cancellationToken) =>
        http.TellAsync(new HttpRequestMessage(HttpMethod.Delete, PathOf(videoId)), cancellationToken);

    /// <summary>What a refusal means, by its code; messages are for people and change.</summary>
    public static ProviderFault? Understand(string provider, ErrorAnswer error) =>
        (error.TextAt("error", "code") ?? error.TextAt("code") ?? error.TextAt("error", "type")) switch
        {
            "moderation_blocked" or "content_policy_violation" or "content_filter" or "sentinel_block" => ProviderFaults.Moderated(provider),
            "insufficient_quota" or "billing_hard_limit_reached" or "quota_exceeded" => ProviderFaults.Quota(provider),
            "model_not_found" or "model_deprecated" or "DeploymentNotFound" => ProviderFaults.Retired(provider),
            "invalid_api_key" => ProviderFaults.Credentials(provider),
            _ => null,
        };

    private static HttpRequestMessage Post(HttpContent content) => new(HttpMethod.Post, "videos") { Content = content };

    // Gateways make ids of base64, which have to be escaped in a path.
    private static string PathOf(string videoId) => $"videos/{Uri.EscapeDataString(videoId)}";
}
