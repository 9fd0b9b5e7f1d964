using System.Globalization;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Luma.DreamMachine;

/// <summary>Luma's older API, Dream Machine. It says back the callback address of a generation, by which a lost submission is found.</summary>
internal sealed partial class DreamMachineVideoProvider(
    IOptions<DreamMachineOptions> options, DreamMachineApi api, ResultLinks links, CallbackAddresses callbacks, ILogger<DreamMachineVideoProvider> logger) : IVideoProvider
{
    // Far more than anybody makes between a lost answer and the look for it.
    private const int MaxPages = 100;

    // Their clock and ours differ.
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(10);

    public string Id => api.Peer.Id;

    public ProviderCapabilities Capabilities { get; } = new()
    {
        Address = options.Value.Root.AbsoluteUri,
        CanCancel = true,
        SubmissionLookup = SubmissionLookup.Eventual,
        MaxConcurrentJobs = options.Value.MaxConcurrentJobs,
        PollInterval = options.Value.PollInterval,
    };

    public async Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        var generation = await api.CreateAsync(ToBody(request), cancellationToken);
        return generation.Id is { Length: > 0 } id ? id : throw new AnswerLostException(api.Peer.Name, "the answer to a submission names no generation");
    }

    public async Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken) =>
        ToJob(await api.GetAsync(providerJobId, cancellationToken));

    public Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(index, 0);
        return links.OpenFreshAsync(
            async token => ResultLinks.LinkIn((await api.GetAsync(providerJobId, token)).Assets?.Video, api.Peer.Name), api.Peer.Name, cancellationToken);
    }

    public async Task CancelAsync(string providerJobId, CancellationToken cancellationToken)
    {
        // Deleting is all there is, and would take the video of one that has just finished along.
        var generation = await api.FindAsync(providerJobId, cancellationToken);
        if (generation is not null && ToState(generation.State) is ProviderJobState.Waiting or ProviderJobState.Running)
        {
            await api.DeleteAsync(providerJobId, cancellationToken);
        }
    }

    public async Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken)
    {
        var seen = 0;
        for (var page = 0; page < MaxPages; page++)
        {
            var generations = await api.ListAsync(seen, cancellationToken);
            var ours = generations.FirstOrDefault(generation => NamesAttempt(generation, trace.SubmitKey));
            if (ours is not null || generations.Count == 0 || LeadsBefore(trace.IntentAt - Before, generations))
            {
                return ours?.Id;
            }

            seen += generations.Count;
        }

        throw new VideoProviderException(FailureKind.ProviderDown, $"{api.Peer.Name} lists more generations than are looked through.") { IsTransient = true };
    }

    /// <summary>Dream Machine is left to forget results by itself.</summary>
    public Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken) => Task.CompletedTask;

    private CreateGenerationBody ToBody(VideoRequest request) => new()
    {
        Model = request.ModelId,
        Prompt = request.Prompt,
        AspectRatio = LumaWords.ShapeOf(request.Size),
        Duration = LumaWords.LengthOf(request.Duration),
        Resolution = LumaWords.ResolutionOf(request.Size),
        CallbackUrl = CallbackOf(request.SubmitKey),
    };

    // Named also where nobody can be called: it is how a submission whose answer was lost is found.
    private string CallbackOf(string submitKey) => (callbacks.Of(Id, submitKey) ?? new Uri($"https://videogen.invalid/luma/{Uri.EscapeDataString(submitKey)}")).AbsoluteUri;

    // By its last part alone: where this server is reached may have changed since.
    private static bool NamesAttempt(Generation generation, string submitKey) =>
        generation.Request?.CallbackUrl?.EndsWith($"/{Uri.EscapeDataString(submitKey)}", StringComparison.Ordinal) == true;

    // Only a listing that has the newest first may be left before its end: in any other order ours could still come, and to
    // say that there is none has it paid for again.
    private static bool LeadsBefore(DateTimeOffset time, IReadOnlyList<Generation> generations) =>
        CreatedAt(generations[^1]) is { } last && last < time && (generations.Count == 1 || CreatedAt(generations[0]) > last);

    private static DateTimeOffset? CreatedAt(Generation generation) =>
        DateTimeOffset.TryParse(generation.CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private ProviderJob ToJob(Generation generation)
    {
        var job = new ProviderJob { State = ToState(generation.State), RawStatus = generation.State ?? "" };
        return job.State is ProviderJobState.Failed ? job with { Failure = ToFailure(generation) } : job;
    }

    private ProviderJobState ToState(string? state)
    {
        switch (state)
        {
            case "queued":
                return ProviderJobState.Waiting;
            case "dreaming":
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
        var fault = DreamMachineApi.Understand(api.Peer.Name, generation.FailureReason) ?? ProviderFaults.Failed(api.Peer.Name);
        var raw = generation.FailureReason;
        return new JobFailure(fault.Kind, fault.Sentence, string.IsNullOrEmpty(raw) ? null : RawText.Clean(raw, [.. api.Peer.Secrets, generation.Request?.Prompt]));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ProviderId} reports the status {Status}, which is not known; the job counts as running")]
    private partial void LogUnknownStatus(string providerId, string? status);
}
