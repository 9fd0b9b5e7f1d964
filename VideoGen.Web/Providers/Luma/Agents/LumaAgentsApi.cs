using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Luma.Agents;

/// <summary>The endpoints of Luma's Agents API. Safe for concurrent use.</summary>
internal sealed class LumaAgentsApi(ProviderHttp http)
{
    public ProviderPeer Peer => http.Peer;

    public Task<Generation> CreateAsync(CreateGenerationBody body, CancellationToken cancellationToken) => http.CreateAsync<Generation>(
        new HttpRequestMessage(HttpMethod.Post, "generations") { Content = JsonContent.Create(body, options: BoundedJson.Options) }, body.Prompt, cancellationToken);

    public Task<Generation> GetAsync(string generationId, CancellationToken cancellationToken) => http.ReadAsync<Generation>(
        new HttpRequestMessage(HttpMethod.Get, $"generations/{Uri.EscapeDataString(generationId)}"), cancellationToken);
}
