using Polly;
using Polly.CircuitBreaker;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers;

/// <summary>
/// A provider behind a circuit breaker: while it does not answer it is left alone, but for one question now and then that finds
/// out whether it is back. Without it, a hundred jobs would each go on asking.
/// </summary>
internal sealed partial class GuardedProvider : IVideoProvider
{
    // While the one question is under way: its answer is not far.
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(5);

    private readonly IVideoProvider _provider;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly TimeSpan _rest;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _breaker;
    private long _restsUntilTicks;

    public GuardedProvider(IVideoProvider provider, BreakerOptions options, TimeProvider clock, ILogger<GuardedProvider> logger)
    {
        _provider = provider;
        _clock = clock;
        _logger = logger;
        _rest = options.Rest;
        _breaker = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.FailureRatio,
                MinimumThroughput = options.FewestRequests,
                SamplingDuration = options.Window,
                BreakDuration = options.Rest,
                ShouldHandle = static outcome => ValueTask.FromResult(IsOutage(outcome.Outcome.Exception)),
                StateProvider = _state,
                OnOpened = _ => LeaveAloneAsync(),
                OnHalfOpened = _ => AwaitAnswerAsync(),
                OnClosed = _ => ComeBackAsync(),
            })
            .Build();
    }

    public string Id => _provider.Id;

    public ProviderCapabilities Capabilities => _provider.Capabilities;

    /// <summary>Whether nothing should be sent now; a submission that is not begun needs no record that it was not sent.</summary>
    public bool IsLeftAlone => _clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _restsUntilTicks);

    public Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken) =>
        GuardAsync(token => _provider.SubmitAsync(request, token), cancellationToken);

    public Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken) =>
        GuardAsync(token => _provider.CheckAsync(providerJobId, token), cancellationToken);

    public Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken) =>
        GuardAsync(token => _provider.FindSubmissionAsync(trace, token), cancellationToken);

    // Not guarded: results often lie with somebody else, whose trouble says nothing about the provider; and what people stop is
    // stopped, also while the provider is unwell.
    public Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken) =>
        _provider.OpenResultAsync(providerJobId, index, cancellationToken);

    public Task CancelAsync(string providerJobId, CancellationToken cancellationToken) => _provider.CancelAsync(providerJobId, cancellationToken);

    public Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken) => _provider.ReleaseAsync(providerJobId, cancellationToken);

    private async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await _breaker.ExecuteAsync(static async (call, token) => await call(token), call, cancellationToken);
        }
        catch (BrokenCircuitException ex)
        {
            throw new VideoProviderException(FailureKind.ProviderDown, "The provider does not answer properly. It is left alone for a moment.", detail: null, ex)
            {
                IsTransient = true,
                IsUnasked = true,
                RetryAfter = _state.CircuitState is CircuitState.HalfOpen ? ShortRest : ex.RetryAfter,
            };
        }
    }

    // An answer that a job is unknown, or a request to slow down, is an answer.
    private static bool IsOutage(Exception? exception) => exception switch
    {
        VideoProviderException { IsTransient: true, Kind: FailureKind.ProviderDown or FailureKind.Credentials } => true,
        AnswerLostException => true,
        _ => false,
    };

    private ValueTask LeaveAloneAsync()
    {
        RestFromNow();
        LogLeftAlone(Id, _rest);
        return ValueTask.CompletedTask;
    }

    // One question at a time, and the next one no sooner than after another rest: whatever is begun meanwhile comes back unsent.
    private ValueTask AwaitAnswerAsync()
    {
        RestFromNow();
        return ValueTask.CompletedTask;
    }

    private void RestFromNow() => Interlocked.Exchange(ref _restsUntilTicks, (_clock.GetUtcNow() + _rest).UtcTicks);

    private ValueTask ComeBackAsync()
    {
        Interlocked.Exchange(ref _restsUntilTicks, 0);
        LogBack(Id);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ProviderId} does not answer properly and is left alone for {Rest}")]
    private partial void LogLeftAlone(string providerId, TimeSpan rest);

    [LoggerMessage(Level = LogLevel.Information, Message = "{ProviderId} answers again")]
    private partial void LogBack(string providerId);
}
