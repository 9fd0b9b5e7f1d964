using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.AzureSora;

/// <summary>The first Sora at Azure OpenAI, which makes videos as jobs with generations.</summary>
internal sealed partial class AzureSoraVideoProvider(
    AzureSoraApi api, ResultLinks links, IOptions<AzureSoraOptions> options, ILogger<AzureSoraVideoProvider> logger) : IVideoProvider
{
    private readonly ProviderPeer _peer = api.Peer;

    public string Id => _peer.Id;

    public ProviderCapabilities Capabilities { get; } = new()
    {
        Address = options.Value.Root.AbsoluteUri,
        CanCancel = true,
        SubmissionLookup = SubmissionLookup.Likely,
        MaxConcurrentJobs = options.Value.MaxConcurrentJobs,
        PollInterval = options.Value.PollInterval,
    };

    public async Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        var body = ToBody(request);
        SoraJob job;
        if (request.ReferenceImage is { } image)
        {
            job = await api.CreateAsync(body, await InlineImage.ReadAsync(image, _peer.Name, cancellationToken), cancellationToken);
        }
        else
        {
            job = await api.CreateAsync(body, cancellationToken);
        }

        return job.Id is { Length: > 0 } id ? id : throw new AnswerLostException(_peer.Name, "the answer to a submission names no job");
    }

    public async Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken) =>
        ToJob(await api.GetAsync(providerJobId, cancellationToken));

    public async Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(providerJobId, index, cancellationToken);
        return _peer.Owns(address)
            ? await api.OpenAsync(address, cancellationToken)
            : await links.OpenFreshAsync(token => AddressAsync(providerJobId, index, token), _peer.Name, cancellationToken);
    }

    public async Task CancelAsync(string providerJobId, CancellationToken cancellationToken)
    {
        // Deleting is all there is, and would take the video of one that has just finished along.
        if (await api.FindAsync(providerJobId, cancellationToken) is { } job && ToState(job.Status) is ProviderJobState.Waiting or ProviderJobState.Running)
        {
            await api.DeleteAsync(providerJobId, cancellationToken);
        }
    }

    public Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken)
    {
        var wanted = ToBody(trace.Request);
        return SubmissionSearch.FindAsync(trace, _peer.Name, PageAfterAsync, cancellationToken);

        async Task<ListedPage> PageAfterAsync(string? id, CancellationToken token)
        {
            var list = await api.ListAsync(id, token);
            var jobs = list.Data?.Select(job => new ListedJob(job.Id, job.CreatedAt, IsAlike(job, wanted))).ToList() ?? [];
            return new ListedPage(jobs, list.HasMore ?? jobs.Count >= AzureSoraApi.MostListed);
        }
    }

    /// <summary>Azure drops its copy by itself after a day.</summary>
    public Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<Uri> AddressAsync(string providerJobId, int index, CancellationToken cancellationToken)
    {
        var job = await api.GetAsync(providerJobId, cancellationToken);
        var generation = job.Generations?.ElementAtOrDefault(index);
        if (Uri.TryCreate(_peer.BaseAddress, generation?.Address ?? (index == 0 ? job.Address : null), out var named))
        {
            return named;
        }

        return generation?.Id is { Length: > 0 } id ? api.ContentOf(id) : throw NotThereYet();
    }

    private VideoProviderException NotThereYet() => new(FailureKind.LostAtProvider, $"{_peer.Name} has finished, but its file is not there yet.")
    {
        IsTransient = true,
        IsResultMissing = true,
    };

    private static CreateJobBody ToBody(VideoRequest request) => new(
        request.ModelId, request.Prompt, request.Size.Width, request.Size.Height, (int)request.Duration.TotalSeconds, Variants: 1);

    private static bool IsAlike(SoraJob job, CreateJobBody wanted) =>
        string.Equals(job.Prompt, wanted.Prompt, StringComparison.Ordinal)
        && string.Equals(job.Model, wanted.Model, StringComparison.Ordinal)
        && (job.Width, job.Height, job.Seconds) == (wanted.Width, wanted.Height, wanted.Seconds);

    private ProviderJob ToJob(SoraJob job)
    {
        var state = ToState(job.Status);
        return new ProviderJob
        {
            State = state,
            RawStatus = job.Status ?? "",
            ResultCount = Math.Max(1, job.Generations?.Count ?? 0),
            Failure = state is ProviderJobState.Failed ? ToFailure(job.FailureReason) : null,
        };
    }

    private ProviderJobState ToState(string? status)
    {
        switch (status)
        {
            case "queued" or "preprocessing":
                return ProviderJobState.Waiting;
            case "running" or "processing":
                return ProviderJobState.Running;
            case "succeeded":
                return ProviderJobState.Finished;
            case "failed":
                return ProviderJobState.Failed;
            case "cancelled":
                return ProviderJobState.Cancelled;
            default:
                LogUnknownStatus(_peer.Id, RawText.Word(status));
                return ProviderJobState.Running;
        }
    }

    private JobFailure ToFailure(string? reason)
    {
        var fault = reason?.EndsWith("_moderation", StringComparison.Ordinal) == true ? ProviderFaults.Moderated(_peer.Name) : ProviderFaults.Failed(_peer.Name);
        return new JobFailure(fault.Kind, fault.Sentence, reason is null ? null : RawText.Clean(reason, _peer.Secrets));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ProviderId} reports the status {Status}, which is not known; the job counts as running")]
    private partial void LogUnknownStatus(string providerId, string? status);
}
