using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Replicate;

/// <summary>Any video model that Replicate runs and the catalogue describes.</summary>
internal sealed partial class ReplicateVideoProvider : IVideoProvider
{
    // Their clock and ours differ; a listing that names no attempt is searched in a window around it.
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(10);

    // More than an account may create within the window, so that only a listing without end gets here.
    private const int MostPages = 100;

    private readonly ReplicateOptions _options;
    private readonly ModelCatalogue _catalogue;
    private readonly ResultLinks _links;
    private readonly CallbackAddresses _callbacks;
    private readonly ILogger _logger;
    private readonly ProviderPeer _peer;
    private readonly ReplicateApi _api;

    public ReplicateVideoProvider(
        IOptions<ReplicateOptions> options, ModelCatalogue catalogue, IHttpClientFactory clients, ResultLinks links, CallbackAddresses callbacks, TimeProvider clock, ILogger<ReplicateVideoProvider> logger)
    {
        _options = options.Value;
        _catalogue = catalogue;
        _links = links;
        _callbacks = callbacks;
        _logger = logger;
        _peer = new ProviderPeer
        {
            Id = ReplicateSetup.ProviderId,
            Name = "Replicate",
            BaseAddress = _options.Root,
            Secrets = [_options.ApiKey],
            Understand = static _ => null,
            AskedToWait = ReplicateErrors.AskedToWait,
        };
        _api = new ReplicateApi(new ProviderHttp(_peer, clients, links, clock));
        Capabilities = new ProviderCapabilities
        {
            Address = _options.Root.AbsoluteUri,
            CanCancel = true,
            SubmissionLookup = SubmissionLookup.Likely,
            MaxConcurrentJobs = _options.MaxConcurrentJobs,
            PollInterval = _options.PollInterval,
        };
    }

    public string Id => _peer.Id;

    public ProviderCapabilities Capabilities { get; }

    public async Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        var call = await ModelCall.OfAsync(_catalogue, Id, request, cancellationToken);
        var callback = _callbacks.Of(Id, request.SubmitKey);
        var prediction = await _api.CreateAsync(ReplicateModel.Parse(call.ModelId), call.Input, callback, request.Prompt, cancellationToken);
        return prediction.Id is { Length: > 0 } id ? id : throw new AnswerLostException(_peer.Name, "the answer to a submission names no prediction");
    }

    public async Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken) =>
        ToJob(await _api.GetAsync(providerJobId, cancellationToken));

    public Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken) =>
        _links.OpenFreshAsync(token => LinkOfAsync(providerJobId, index, token), _peer.Name, cancellationToken);

    public Task CancelAsync(string providerJobId, CancellationToken cancellationToken) => _api.CancelAsync(providerJobId, cancellationToken);

    public async Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken)
    {
        var model = ReplicateModel.Parse(ModelCall.IdOf(_catalogue, Id, trace.Request));
        Uri? page = null;
        for (var read = 0; read < MostPages; read++)
        {
            var list = await _api.ListAsync(page, cancellationToken);
            foreach (var prediction in list.Results ?? [])
            {
                if (prediction.Id is { Length: > 0 } id && IsAlike(prediction, model, trace) && !await trace.IsOurs(id, cancellationToken))
                {
                    return id;
                }
            }

            if (IsPast(list, trace.IntentAt) || !Uri.TryCreate(list.Next, UriKind.Absolute, out page))
            {
                return null;
            }
        }

        throw new VideoProviderException(FailureKind.ProviderError, $"{_peer.Name} lists predictions without end.") { IsTransient = true };
    }

    /// <summary>Replicate deletes everything by itself within the hour.</summary>
    public Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsAlike(Prediction prediction, ReplicateModel model, SubmissionTrace trace) =>
        model.Made(prediction)
        && prediction.Texts.Contains(trace.Request.Prompt, StringComparer.Ordinal)
        && prediction.CreatedAt is { } at && at >= trace.IntentAt - Before && at <= trace.IntentAt + After;

    // The newest come first: once one is too old, all that follow are.
    private static bool IsPast(PredictionList list, DateTimeOffset intentAt) =>
        list.Results is not { Count: > 0 } results || results[^1].CreatedAt < intentAt - Before;

    private async Task<Uri> LinkOfAsync(string id, int index, CancellationToken cancellationToken)
    {
        var prediction = await _api.GetAsync(id, cancellationToken);
        if (prediction.DataRemoved is true)
        {
            throw new VideoProviderException(ProviderFaults.Lost.Kind, ProviderFaults.Lost.Sentence);
        }

        return ResultLinks.LinkIn(prediction.Links.ElementAtOrDefault(index), _peer.Name);
    }

    private ProviderJob ToJob(Prediction prediction)
    {
        var job = new ProviderJob
        {
            State = ToState(prediction),
            RawStatus = prediction.Status ?? "",
            ResultCount = Math.Max(prediction.Links.Count, 1),
        };
        return job.State is ProviderJobState.Failed ? job with { Failure = ToFailure(prediction) } : job;
    }

    private ProviderJobState ToState(Prediction prediction)
    {
        switch (prediction.Status)
        {
            case "starting":
                return ProviderJobState.Waiting;
            case "processing":
                return ProviderJobState.Running;
            case "succeeded":
                return prediction.DataRemoved is true || prediction.Links.Count == 0 ? ProviderJobState.Failed : ProviderJobState.Finished;
            // Aborted by Replicate, such as after a deadline: nobody asked for it.
            case "failed" or "aborted":
                return ProviderJobState.Failed;
            case "canceled":
                return ProviderJobState.Cancelled;
            default:
                LogUnknownStatus(Id, RawText.Word(prediction.Status));
                return ProviderJobState.Running;
        }
    }

    private JobFailure ToFailure(Prediction prediction) => prediction switch
    {
        { Status: "succeeded", DataRemoved: true } => new JobFailure(ProviderFaults.Lost.Kind, ProviderFaults.Lost.Sentence),
        { Status: "succeeded" } => new JobFailure(FailureKind.ProviderError, $"{_peer.Name} finished without a video."),
        _ => ReplicateErrors.OfPrediction(_peer.Name, prediction, _peer.Secrets),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ProviderId} reports the status {Status}, which is not known; the job counts as running")]
    private partial void LogUnknownStatus(string providerId, string? status);
}
