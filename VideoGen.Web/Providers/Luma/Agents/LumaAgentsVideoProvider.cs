using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Luma.Agents;

/// <summary>Luma's present API, the Agents API.</summary>
internal sealed partial class LumaAgentsVideoProvider(
    IOptions<LumaAgentsOptions> options, LumaAgentsApi api, ResultLinks links, ILogger<LumaAgentsVideoProvider> logger) : IVideoProvider
{
    // No limit is known; this is the longest upload that is accepted here.
    private const int MaxImageBytes = 20 * 1024 * 1024;

    private static readonly TimeSpan LongestWithStartFrame = TimeSpan.FromSeconds(5);

    public string Id => api.Peer.Id;

    public ProviderCapabilities Capabilities { get; } = new()
    {
        Address = options.Value.Root.AbsoluteUri,
        CanCancel = false,
        SubmissionLookup = SubmissionLookup.None,
        MaxConcurrentJobs = options.Value.MaxConcurrentJobs,
        PollInterval = options.Value.PollInterval,
    };

    public async Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        var body = ToBody(request);
        if (request.ReferenceImage is { } reference)
        {
            var image = await InlineImage.ReadAsync(reference, MaxImageBytes, api.Peer.Name, cancellationToken);
            body = body with { Video = StartingWith(new FrameImage(image.Base64, image.MediaType), body.Video, request.Duration) };
        }

        var generation = await api.CreateAsync(body, cancellationToken);
        return generation.Id is { Length: > 0 } id ? id : throw new AnswerLostException(api.Peer.Name, "the answer to a submission names no generation");
    }

    public async Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken) =>
        ToJob(await api.GetAsync(providerJobId, cancellationToken));

    public Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken) => links.OpenFreshAsync(
        async token => ResultLinks.LinkIn(VideosOf(await api.GetAsync(providerJobId, token)).ElementAtOrDefault(index)?.Url, api.Peer.Name),
        api.Peer.Name,
        cancellationToken);

    /// <summary>The API knows no cancel.</summary>
    public Task CancelAsync(string providerJobId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The API lists no generations.</summary>
    public Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>The API deletes nothing for us.</summary>
    public Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken) => Task.CompletedTask;

    private static CreateGenerationBody ToBody(VideoRequest request) => new()
    {
        Model = request.ModelId,
        Prompt = request.Prompt,
        AspectRatio = LumaWords.ShapeOf(request.Size),
        Video = new VideoSettings { Resolution = LumaWords.ResolutionOf(request.Size), Duration = LumaWords.LengthOf(request.Duration) },
    };

    // A start frame is refused for longer videos; a picture that is to stand at their beginning is not.
    private static VideoSettings StartingWith(FrameImage image, VideoSettings video, TimeSpan duration) => duration <= LongestWithStartFrame
        ? video with { StartFrame = image }
        : video with { Keyframes = [image], KeyframeIndexes = [0] };

    private static List<GenerationOutput> VideosOf(Generation generation) =>
        generation.Output?.Where(output => output.Type is null or "video").ToList() ?? [];

    private ProviderJob ToJob(Generation generation)
    {
        var job = new ProviderJob
        {
            State = ToState(generation.State),
            RawStatus = generation.State ?? "",
            ResultCount = Math.Max(1, VideosOf(generation).Count),
        };
        return job.State is ProviderJobState.Failed ? job with { Failure = ToFailure(generation) } : job;
    }

    private ProviderJobState ToState(string? state)
    {
        switch (state)
        {
            case "queued":
                return ProviderJobState.Waiting;
            case "processing":
                return ProviderJobState.Running;
            case "completed":
                return ProviderJobState.Finished;
            case "failed":
                return ProviderJobState.Failed;
            default:
                LogUnknownStatus(Id, RawText.Word(state));
                return ProviderJobState.Running;
        }
    }

    private JobFailure ToFailure(Generation generation)
    {
        var fault = generation.FailureCode switch
        {
            "content_moderated" => ProviderFaults.Moderated(api.Peer.Name),
            "budget_exhausted" => ProviderFaults.Quota(api.Peer.Name),
            "output_not_found" => ProviderFaults.Lost,
            _ => ProviderFaults.Failed(api.Peer.Name),
        };
        var raw = string.Join(": ", new[] { generation.FailureCode, generation.FailureReason }.Where(text => !string.IsNullOrEmpty(text)));
        return new JobFailure(fault.Kind, fault.Sentence, raw.Length > 0 ? RawText.Clean(raw, api.Peer.Secrets) : null);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ProviderId} reports the status {Status}, which is not known; the job counts as running")]
    private partial void LogUnknownStatus(string providerId, string? status);
}
