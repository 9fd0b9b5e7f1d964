using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Runway;

/// <summary>Runway: its own models, and others' that it offers under the same API.</summary>
internal sealed partial class RunwayVideoProvider(
    IOptions<RunwayOptions> options, RunwayApi api, ResultLinks links, ILogger<RunwayVideoProvider> logger) : IVideoProvider
{
    // The limit is on the data URI, in which three bytes of the image are four characters after a short beginning.
    private const int MaxDataUri = 5 * 1024 * 1024;
    private const int MaxImageBytes = (MaxDataUri - 64) / 4 * 3;

    // "Not more than once every five seconds" for one task.
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(5);

    // What finished tasks said of themselves, until their results are opened: the links are in it, and to ask again within
    // moments is what Runway does not want. Results that are never opened would gather here.
    private const int MostFinished = 256;
    private readonly ConcurrentDictionary<string, TaskObject> _finished = new(StringComparer.Ordinal);

    public string Id => api.Peer.Id;

    public ProviderCapabilities Capabilities { get; } = new()
    {
        Address = options.Value.Root.AbsoluteUri,
        CanCancel = true,
        SubmissionLookup = SubmissionLookup.None,
        MaxConcurrentJobs = options.Value.MaxConcurrentJobs,
        PollInterval = options.Value.PollInterval < ShortestInterval ? ShortestInterval : options.Value.PollInterval,
    };

    public async Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        var body = ToBody(request);
        CreatedTask task;
        if (request.ReferenceImage is { } reference)
        {
            var image = await InlineImage.ReadAsync(reference, MaxImageBytes, api.Peer.Name, cancellationToken);
            task = await api.ImageToVideoAsync(body with { PromptImage = image.DataUri }, cancellationToken);
        }
        else
        {
            task = await api.TextToVideoAsync(body, cancellationToken);
        }

        return task.Id is { Length: > 0 } id ? id : throw new AnswerLostException(api.Peer.Name, "the answer to a submission names no task");
    }

    public async Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken)
    {
        var task = await api.GetAsync(providerJobId, cancellationToken);
        var job = ToJob(task);
        if (job.State is ProviderJobState.Finished && _finished.Count < MostFinished)
        {
            _finished[providerJobId] = task;
        }

        return job;
    }

    public Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken) => links.OpenFreshAsync(
        async token => ResultLinks.LinkIn((await FinishedAsync(providerJobId, token)).Output?.ElementAtOrDefault(index), api.Peer.Name),
        api.Peer.Name,
        cancellationToken);

    public async Task CancelAsync(string providerJobId, CancellationToken cancellationToken)
    {
        // The request that stops a running task deletes a finished one, and the video with it.
        var task = await api.FindAsync(providerJobId, cancellationToken);
        if (task is not null && ToState(task.Status) is ProviderJobState.Waiting or ProviderJobState.Running)
        {
            await api.DeleteAsync(providerJobId, cancellationToken);
        }
    }

    /// <summary>Runway lists no tasks.</summary>
    public Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Runway forgets results by itself.</summary>
    public Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<TaskObject> FinishedAsync(string providerJobId, CancellationToken cancellationToken) =>
        _finished.TryRemove(providerJobId, out var known) ? known : await api.GetAsync(providerJobId, cancellationToken);

    private static CreateTaskBody ToBody(VideoRequest request) => new(
        request.ModelId, request.Prompt, ToRatio(request.Size), (int)request.Duration.TotalSeconds, request.Seed, PromptImage: null);

    private static string ToRatio(VideoSize size) => string.Create(CultureInfo.InvariantCulture, $"{size.Width}:{size.Height}");

    private ProviderJob ToJob(TaskObject task)
    {
        var job = new ProviderJob
        {
            State = ToState(task.Status),
            RawStatus = task.Status ?? "",
            Progress = task.Progress,
            ResultCount = Math.Max(1, task.Output?.Count ?? 1),
        };
        return job.State is ProviderJobState.Failed ? job with { Failure = ToFailure(task) } : job;
    }

    private ProviderJobState ToState(string? status)
    {
        switch (status)
        {
            // Throttled: more tasks than the account may run at once.
            case "PENDING" or "THROTTLED":
                return ProviderJobState.Waiting;
            case "RUNNING":
                return ProviderJobState.Running;
            case "SUCCEEDED":
                return ProviderJobState.Finished;
            case "FAILED":
                return ProviderJobState.Failed;
            case "CANCELLED":
                return ProviderJobState.Cancelled;
            default:
                LogUnknownStatus(Id, RawText.Word(status));
                return ProviderJobState.Running;
        }
    }

    private JobFailure ToFailure(TaskObject task)
    {
        var fault = task.FailureCode?.StartsWith("SAFETY.", StringComparison.Ordinal) == true
            ? ProviderFaults.Moderated(api.Peer.Name)
            : ProviderFaults.Failed(api.Peer.Name);
        var raw = string.Join(": ", new[] { task.FailureCode, task.Failure }.Where(text => !string.IsNullOrEmpty(text)));
        return new JobFailure(fault.Kind, fault.Sentence, raw.Length > 0 ? RawText.Clean(raw, api.Peer.Secrets) : null);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ProviderId} reports the status {Status}, which is not known; the job counts as running")]
    private partial void LogUnknownStatus(string providerId, string? status);
}
