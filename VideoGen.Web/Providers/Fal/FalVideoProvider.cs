using System.Globalization;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Fal;

/// <summary>Any video model that fal's queue runs and the catalogue describes.</summary>
internal sealed partial class FalVideoProvider : IVideoProvider
{
    private readonly FalOptions _options;
    private readonly ModelCatalogue _catalogue;
    private readonly ResultLinks _links;
    private readonly CallbackAddresses _callbacks;
    private readonly ILogger _logger;
    private readonly ProviderPeer _peer;
    private readonly FalApi _api;

    public FalVideoProvider(
        IOptions<FalOptions> options, ModelCatalogue catalogue, IHttpClientFactory clients, ResultLinks links, CallbackAddresses callbacks, TimeProvider clock, ILogger<FalVideoProvider> logger)
    {
        _options = options.Value;
        _catalogue = catalogue;
        _links = links;
        _callbacks = callbacks;
        _logger = logger;
        _peer = new ProviderPeer
        {
            Id = FalSetup.ProviderId,
            Name = "fal",
            BaseAddress = _options.Root,
            Secrets = [_options.ApiKey],
            Understand = static error => FalErrors.OfSubmission("fal", error),
        };
        _api = new FalApi(new ProviderHttp(_peer, clients, links, clock));
        Capabilities = new ProviderCapabilities
        {
            Address = _options.Root.AbsoluteUri,
            CanCancel = true,
            SubmissionLookup = SubmissionLookup.None,
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
        var submission = await _api.SubmitAsync(call.ModelId, call.Input, callback, request.Prompt, cancellationToken);
        return FalJobId.Of(call.ModelId, submission, _options.Root, _peer.Owns)?.ToString()
            ?? throw new AnswerLostException(_peer.Name, "the answer to a submission names no request");
    }

    public async Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken)
    {
        var id = FalJobId.Parse(providerJobId);
        var status = await _api.GetStatusAsync(id, cancellationToken);
        switch (status.Status)
        {
            case "IN_QUEUE":
                return new ProviderJob { State = ProviderJobState.Waiting, RawStatus = $"IN_QUEUE{PlaceOf(status.QueuePosition)}" };
            case "IN_PROGRESS":
                return new ProviderJob { State = ProviderJobState.Running, RawStatus = status.Status };
            case "COMPLETED":
                return ToEnded(status.Status, await _api.TryGetResultAsync(id, cancellationToken));
            default:
                LogUnknownStatus(Id, RawText.Word(status.Status));
                return new ProviderJob { State = ProviderJobState.Running, RawStatus = status.Status ?? "" };
        }
    }

    public Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken)
    {
        var id = FalJobId.Parse(providerJobId);
        return _links.OpenFreshAsync(token => LinkOfAsync(id, index, token), _peer.Name, cancellationToken);
    }

    public Task CancelAsync(string providerJobId, CancellationToken cancellationToken) =>
        _api.CancelAsync(FalJobId.Parse(providerJobId), cancellationToken);

    /// <summary>fal lists no requests, and takes no name for one.</summary>
    public Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Files go by themselves after the time that the account has set for them.</summary>
    public Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<Uri> LinkOfAsync(FalJobId id, int index, CancellationToken cancellationToken)
    {
        var result = await _api.GetResultAsync(id, cancellationToken);
        return ResultLinks.LinkIn(result.Links.ElementAtOrDefault(index), _peer.Name);
    }

    private ProviderJob ToEnded(string word, ReadAnswer<FalResult> answer)
    {
        if (answer.Error is { } error)
        {
            return FalErrors.IsCancellation(error)
                ? new ProviderJob { State = ProviderJobState.Cancelled, RawStatus = word }
                : new ProviderJob { State = ProviderJobState.Failed, RawStatus = word, Failure = FalErrors.OfRun(_peer.Name, error, _peer.Secrets) };
        }

        return answer.Value!.Links.Count is > 0 and var count
            ? new ProviderJob { State = ProviderJobState.Finished, RawStatus = word, ResultCount = count }
            : new ProviderJob
            {
                State = ProviderJobState.Failed,
                RawStatus = word,
                Failure = new JobFailure(FailureKind.ProviderError, $"{_peer.Name} finished without a video."),
            };
    }

    // fal counts the requests ahead; people count places.
    private static string PlaceOf(int? ahead)
    {
        if (ahead is not (>= 0 and < int.MaxValue))
        {
            return "";
        }

        var place = ahead.Value + 1;
        var ending = (place % 100 is >= 11 and <= 13, place % 10) switch
        {
            (false, 1) => "st",
            (false, 2) => "nd",
            (false, 3) => "rd",
            _ => "th",
        };
        return string.Create(CultureInfo.InvariantCulture, $", {place}{ending}");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ProviderId} reports the status {Status}, which is not known; the job counts as running")]
    private partial void LogUnknownStatus(string providerId, string? status);
}
