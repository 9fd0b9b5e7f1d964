using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.AzureSora;

/// <summary>The endpoints of the jobs API at one resource. Safe for concurrent use.</summary>
internal sealed class AzureSoraApi(ProviderHttp http, string apiVersion)
{
    private const string Generations = "openai/v1/video/generations";

    /// <summary>The longest page.</summary>
    public const int MostListed = 20;

    public ProviderPeer Peer => http.Peer;

    public Task<SoraJob> CreateAsync(CreateJobBody body, CancellationToken cancellationToken) =>
        http.CreateAsync<SoraJob>(Post(JsonContent.Create(body, options: BoundedJson.Options)), body.Prompt, cancellationToken);

    /// <summary>Creates a job whose video begins with the image.</summary>
    public Task<SoraJob> CreateAsync(CreateJobBody body, InlineImage image, CancellationToken cancellationToken)
    {
        InpaintItem[] firstFrame = [new(FrameIndex: 0, Type: "image", image.FileName, CropBounds.Whole)];
        var file = new ByteArrayContent(image.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(image.MediaType) } };
        var form = new MultipartFormDataContent
        {
            { new StringContent(body.Model), "model" },
            { new StringContent(body.Prompt), "prompt" },
            { Number(body.Width), "width" },
            { Number(body.Height), "height" },
            { Number(body.Seconds), "n_seconds" },
            { Number(body.Variants), "n_variants" },
            { new StringContent(JsonSerializer.Serialize(firstFrame, BoundedJson.Options)), "inpaint_items" },
            { file, "files", image.FileName },
        };
        return http.CreateAsync<SoraJob>(Post(form), body.Prompt, cancellationToken);
    }

    public Task<SoraJob> GetAsync(string jobId, CancellationToken cancellationToken) =>
        http.ReadAsync<SoraJob>(new HttpRequestMessage(HttpMethod.Get, JobOf(jobId)), cancellationToken);

    /// <summary>The job, or <see langword="null"/> when there is none.</summary>
    public async Task<SoraJob?> FindAsync(string jobId, CancellationToken cancellationToken) =>
        (await http.TryReadAsync<SoraJob>(new HttpRequestMessage(HttpMethod.Get, JobOf(jobId)), cancellationToken)).Value;

    /// <summary>Jobs of the resource, the newest first.</summary>
    /// <param name="after">The job after which the page begins; <see langword="null"/> for the first page.</param>
    public Task<SoraJobList> ListAsync(string? after, CancellationToken cancellationToken)
    {
        var from = after is null ? "" : $"&after={Uri.EscapeDataString(after)}";
        return http.ReadAsync<SoraJobList>(new HttpRequestMessage(HttpMethod.Get, $"{Generations}/jobs?limit={MostListed}{from}&{Version}"), cancellationToken);
    }

    /// <summary>Stops a job and removes what it has made. One that is gone is fine.</summary>
    public Task DeleteAsync(string jobId, CancellationToken cancellationToken) =>
        http.TellAsync(new HttpRequestMessage(HttpMethod.Delete, JobOf(jobId)), cancellationToken);

    /// <summary>Where the file of a generation lies when the generation does not say it.</summary>
    public Uri ContentOf(string generationId) =>
        new(Peer.BaseAddress, $"{Generations}/{Uri.EscapeDataString(generationId)}/content/video?{Version}");

    /// <summary>Opens a file on the resource's own host, which wants the key.</summary>
    public Task<ProviderResult> OpenAsync(Uri own, CancellationToken cancellationToken) =>
        http.OpenAsync(address => new HttpRequestMessage(HttpMethod.Get, address ?? own), cancellationToken);

    /// <summary>What a refusal means, by its codes. The error stands at the root or below "error".</summary>
    public static ProviderFault? Understand(string provider, ErrorAnswer error)
    {
        var inner = error.TextAt("error", "inner_error", "code") ?? error.TextAt("inner_error", "code");
        var code = error.TextAt("error", "code") ?? error.TextAt("code");
        return (inner, code) switch
        {
            ("ResponsibleAIPolicyViolation", _) or (_, "ResponsibleAIPolicyViolation" or "contentFilter" or "content_filter" or "moderation_blocked") =>
                ProviderFaults.Moderated(provider),
            (_, "insufficient_quota") => ProviderFaults.Quota(provider),
            (_, "DeploymentNotFound") => ProviderFaults.Retired(provider),
            _ => null,
        };
    }

    private string Version => $"api-version={Uri.EscapeDataString(apiVersion)}";

    private string JobOf(string jobId) => $"{Generations}/jobs/{Uri.EscapeDataString(jobId)}?{Version}";

    private HttpRequestMessage Post(HttpContent content) => new(HttpMethod.Post, $"{Generations}/jobs?{Version}") { Content = content };

    private static StringContent Number(int value) => new(value.ToString(CultureInfo.InvariantCulture));
}
