using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Google.Json;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google.Gemini;

/// <summary>The endpoints of the Interactions API, and of the files that it makes. Safe for concurrent use.</summary>
internal sealed class GeminiApi(ProviderHttp http)
{
    public async Task<Interaction> CreateAsync(InteractionBody body, string prompt, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "interactions") { Content = JsonContent.Create(body, options: BoundedJson.Options) };
        return await http.CreateAsync<Interaction>(request, prompt, cancellationToken);
    }

    /// <summary>The interaction, without the images and videos in it.</summary>
    public async Task<Interaction> GetAsync(string id, CancellationToken cancellationToken)
    {
        using var request = Get(id);
        return await http.ReadAsync<Interaction>(request, static answer => new LongStringsLeftOut(answer), cancellationToken);
    }

    public async Task CancelAsync(string id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{PathOf(id)}/cancel");
        await http.TellAsync(request, cancellationToken);
    }

    /// <summary>Deletes an interaction. One that is gone is fine.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, PathOf(id));
        await http.TellAsync(request, cancellationToken);
    }

    /// <summary>Opens a file. One that is still being put there counts as missing.</summary>
    public Task<ProviderResult> OpenFileAsync(string fileId, CancellationToken cancellationToken) => http.OpenAsync(
        address => new HttpRequestMessage(HttpMethod.Get, address ?? new Uri($"files/{Uri.EscapeDataString(fileId)}:download?alt=media", UriKind.Relative)),
        cancellationToken);

    /// <summary>Opens a video that stands in the interaction itself.</summary>
    public Task<ProviderResult> OpenInlineAsync(string id, VideoPlace place, CancellationToken cancellationToken) => InlineVideo.OpenAsync(
        http, _ => Get(id), ["steps", $"{place.Step}", "content", $"{place.Content}", "data"], cancellationToken);

    private static HttpRequestMessage Get(string id) => new(HttpMethod.Get, PathOf(id));

    private static string PathOf(string id) => $"interactions/{Uri.EscapeDataString(id)}";
}

/// <summary>Where in an interaction a video stands.</summary>
internal readonly record struct VideoPlace(int Step, int Content);
