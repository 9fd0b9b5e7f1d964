using System.Globalization;
using System.Text.RegularExpressions;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google.Gemini;

/// <summary>Gemini Omni. Interactions are listed nowhere, so that a lost submission cannot be found again.</summary>
internal sealed partial class GeminiVideoProvider(
    ProviderPeer peer, GeminiOptions options, GeminiApi api, ResultLinks links, ILogger<GeminiVideoProvider> logger) : IVideoProvider
{
    public string Id => peer.Id;

    public ProviderCapabilities Capabilities { get; } = new()
    {
        Address = options.Root.AbsoluteUri,
        CanCancel = true,
        SubmissionLookup = SubmissionLookup.None,
        MaxConcurrentJobs = options.MaxConcurrentJobs,
        PollInterval = options.PollInterval,
    };

    public async Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        var interaction = await api.CreateAsync(await ToBodyAsync(request, cancellationToken), request.Prompt, cancellationToken);
        return interaction.Id is { Length: > 0 } id ? id : throw new AnswerLostException(peer.Name, "the answer to a submission names no interaction");
    }

    public async Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken) =>
        ToJob(await api.GetAsync(providerJobId, cancellationToken));

    public async Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var (place, video) = (await api.GetAsync(providerJobId, cancellationToken)).Videos().ElementAtOrDefault(index);
        return video switch
        {
            { Uri: { Length: > 0 } uri } when IsOwn(uri) && FileIn().Match(uri) is { Success: true } file => await api.OpenFileAsync(file.Groups["id"].Value, cancellationToken),
            { Uri: { Length: > 0 } uri } when Uri.TryCreate(uri, UriKind.Absolute, out var link) => await links.OpenAsync(link, peer.Name, cancellationToken),
            { Data: not null } => await api.OpenInlineAsync(providerJobId, place, cancellationToken),
            _ => throw InlineVideo.Missing(peer.Name),
        };
    }

    public Task CancelAsync(string providerJobId, CancellationToken cancellationToken) => api.CancelAsync(providerJobId, cancellationToken);

    public Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken) =>
        options.DeleteStoredResults ? api.DeleteAsync(providerJobId, cancellationToken) : Task.CompletedTask;

    // A link elsewhere may have a folder of the same name.
    private bool IsOwn(string uri) => !Uri.TryCreate(uri, UriKind.Absolute, out var address) || peer.Owns(address);

    private async Task<InteractionBody> ToBodyAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        var seconds = request.Duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var format = new VideoFormat("video", request.Size.AspectRatio, $"{seconds}s", GoogleResolution.Of(request.Size), "uri");
        var (input, task) = request.ReferenceImage is { } image
            ? (new object[] { new TextBlock("text", request.Prompt), new ImageBlock("image", (await InlineImage.ReadAsync(image, peer.Name, cancellationToken)).Bytes, image.MediaType) }, "image_to_video")
            : (request.Prompt as object, "text_to_video");
        return new InteractionBody(request.ModelId, input, format, new GenerationConfig(new VideoConfig(task)), Background: true);
    }

    private ProviderJob ToJob(Interaction interaction)
    {
        var videos = interaction.Videos().Count();
        var state = ToState(interaction.Status);
        if (state is ProviderJobState.Finished && videos == 0)
        {
            // It ended with words in the place of a video.
            state = ProviderJobState.Failed;
        }

        return new ProviderJob
        {
            State = state,
            RawStatus = interaction.Status ?? "",
            ResultCount = Math.Max(1, videos),
            Failure = state is ProviderJobState.Failed ? GeminiFailure.Of(interaction, peer) : null,
        };
    }

    private ProviderJobState ToState(string? status)
    {
        switch (status)
        {
            case "queued":
                return ProviderJobState.Waiting;
            case "in_progress":
                return ProviderJobState.Running;
            case "completed":
                return ProviderJobState.Finished;
            case "cancelled":
                return ProviderJobState.Cancelled;

            // Nobody is there to act or to continue.
            case "failed" or "incomplete" or "budget_exceeded" or "requires_action" or "requires_continuation":
                return ProviderJobState.Failed;
            default:
                LogUnknownStatus(peer.Id, RawText.Word(status));
                return ProviderJobState.Running;
        }
    }

    [GeneratedRegex(@"(^|/)files/(?<id>[\w-]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FileIn();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ProviderId} reports the status {Status}, which is not known; the job counts as running")]
    private partial void LogUnknownStatus(string providerId, string? status);
}
