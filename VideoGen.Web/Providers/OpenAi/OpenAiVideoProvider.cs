using System.Globalization;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.OpenAi;

/// <summary>A service that speaks the OpenAI Videos dialect: OpenAI, Azure OpenAI, or a gateway. Several may stand side by side.</summary>
internal sealed partial class OpenAiVideoProvider(
    ProviderPeer peer, OpenAiVideosOptions options, OpenAiVideosApi api, ILogger<OpenAiVideoProvider> logger) : IVideoProvider
{
    public string Id => peer.Id;

    public ProviderCapabilities Capabilities { get; } = new()
    {
        Address = options.Root.AbsoluteUri,
        CanCancel = false,

        // What is deleted there once it is stored here cannot be remade there.
        CanRemix = !options.DeleteStoredResults,
        SubmissionLookup = options.CanList ? SubmissionLookup.Likely : SubmissionLookup.None,
        MaxConcurrentJobs = options.MaxConcurrentJobs,
        PollInterval = options.PollInterval,
    };

    public async Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        var video = request switch
        {
            { RemixOf: { } source } => await api.RemixAsync(source, new RemixVideoBody(request.Prompt), cancellationToken),
            { ReferenceImage: { } image } => await api.CreateAsync(ToBody(request), await InlineImage.ReadAsync(image, peer.Name, cancellationToken), cancellationToken),
            _ => await api.CreateAsync(ToBody(request), cancellationToken),
        };
        return video.Id is { Length: > 0 } id ? id : throw new AnswerLostException(peer.Name, "the answer to a submission names no video");
    }

    public async Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken) =>
        ToJob(await api.GetAsync(providerJobId, cancellationToken));

    public Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(index, 0);
        return api.OpenContentAsync(providerJobId, cancellationToken);
    }

    /// <summary>The dialect knows no cancel.</summary>
    public Task CancelAsync(string providerJobId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken)
    {
        return SubmissionSearch.FindAsync(trace, peer.Name, PageAfterAsync, cancellationToken);

        async Task<ListedPage> PageAfterAsync(string? id, CancellationToken token)
        {
            var list = await api.ListAsync(id, token);
            var jobs = list.Data?.Select(video => new ListedJob(video.Id, video.CreatedAt, IsAlike(video, trace.Request))).ToList() ?? [];

            // Services that copy the dialect leave has_more out; a full page may have a next one.
            return new ListedPage(jobs, list.HasMore ?? jobs.Count >= OpenAiVideosApi.MostListed);
        }
    }

    public Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken) =>
        options.DeleteStoredResults ? api.DeleteAsync(providerJobId, cancellationToken) : Task.CompletedTask;

    private static CreateVideoBody ToBody(VideoRequest request) => new(
        request.Prompt, request.ModelId, request.Duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture), request.Size.ToString());

    // A remix names nothing but its prompt and its source, and has from the source what a new video would name.
    private static bool IsAlike(VideoObject video, VideoRequest request)
    {
        var wanted = ToBody(request);
        return string.Equals(video.Prompt, wanted.Prompt, StringComparison.Ordinal)
            && string.Equals(video.Model, wanted.Model, StringComparison.Ordinal)
            && string.Equals(video.Size, wanted.Size, StringComparison.Ordinal)
            && string.Equals(video.Seconds.ToString(), wanted.Seconds, StringComparison.Ordinal)
            && string.Equals(video.RemixedFrom.ToString(), request.RemixOf ?? "", StringComparison.Ordinal);
    }

    private ProviderJob ToJob(VideoObject video)
    {
        var job = new ProviderJob
        {
            State = ToState(video.Status),
            RawStatus = video.Status ?? "",
            Progress = video.Progress is { } percent ? percent / 100 : null,
        };
        return job.State is ProviderJobState.Failed ? job with { Failure = ToFailure(video) } : job;
    }

    private ProviderJobState ToState(string? status)
    {
        switch (status)
        {
            case "queued":
                return ProviderJobState.Waiting;
            case "in_progress" or "processing" or "running":
                return ProviderJobState.Running;
            case "completed" or "succeeded":
                return ProviderJobState.Finished;
            case "failed" or "error" or "expired":
                return ProviderJobState.Failed;
            case "cancelled" or "canceled":
                return ProviderJobState.Cancelled;
            default:
                LogUnknownStatus(peer.Id, RawText.Word(status));
                return ProviderJobState.Running;
        }
    }

    private JobFailure ToFailure(VideoObject video)
    {
        var fault = (video.Status, video.ErrorCode) switch
        {
            ("expired", _) => ProviderFaults.Lost,
            (_, "moderation_blocked" or "content_filter" or "content_policy_violation") => ProviderFaults.Moderated(peer.Name),
            _ => ProviderFaults.Failed(peer.Name),
        };
        var raw = string.Join(": ", new[] { video.ErrorCode, video.ErrorMessage }.Where(text => !string.IsNullOrEmpty(text)));
        return new JobFailure(fault.Kind, fault.Sentence, raw.Length > 0 ? RawText.Clean(raw, [.. peer.Secrets, video.Prompt]) : null);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ProviderId} reports the status {Status}, which is not known; the job counts as running")]
    private partial void LogUnknownStatus(string providerId, string? status);
}
