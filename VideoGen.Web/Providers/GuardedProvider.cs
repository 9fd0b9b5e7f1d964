using Polly;
using Polly.CircuitBreaker;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers;

/// <summary>
/// A provider behind a circuit breaker: while it does not answer, refuses our account or wants us to slow down, it is left alone, but
/// for one question now and then that finds out whether it is back. Without it, a hundred jobs would each go on asking.
/// </summary>
internal sealed partial class GuardedProvider : IVideoProvider
{
    // While the one question is under way: its answer is not far.
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(5);

    // For a submission that came at a busy moment, where the provider names no time.
    private static readonly TimeSpan BusyRest = TimeSpan.FromSeconds(2);

    // A provider that asks for nothing would be hammered, one that asks for a year would lose the jobs.
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    private readonly IVideoProvider _provider;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly TimeSpan _rest;
    private readonly TimeSpan _accountRest;
    private readonly CallHold _submissions;
    private readonly CallHold _looks;
    private readonly RetryBudget _retries;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _breaker;
    private long _restsUntilTicks;

    public GuardedProvider(IVideoProvider provider, BreakerOptions options, TimeProvider clock, ILogger<GuardedProvider> logger)
    {
        _provider = provider;
        _clock = clock;
        _logger = logger;
        _rest = options.Rest;
        _accountRest = options.AccountRest;
        _submissions = new CallHold(clock);
        _looks = new CallHold(clock);
        _retries = new RetryBudget(clock);
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
    public bool IsLeftAlone => IsDown || _submissions.IsResting;

    /// <summary>What keeps jobs from it just now, for administrators; <see langword="null"/> when nothing does.</summary>
    public FailureKind? Trouble => _submissions.Reason ?? _looks.Reason ?? (IsDown ? FailureKind.ProviderDown : null);

    private bool IsDown => _clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _restsUntilTicks);

    /// <inheritdoc cref="RetryBudget.TrySpend"/>
    public bool TrySpendRetry() => _retries.TrySpend();

    public Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken) =>
        GuardAsync(_submissions, token => _provider.SubmitAsync(request, token), cancellationToken);

    public Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken) =>
        GuardAsync(_looks, token => _provider.CheckAsync(providerJobId, token), cancellationToken);

    public Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken) =>
        GuardAsync(_looks, token => _provider.FindSubmissionAsync(trace, token), cancellationToken);

    // Not guarded: results often lie with somebody else, whose trouble says nothing about the provider; and what people stop is
    // stopped, also while the provider is unwell.
    public Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken) =>
        _provider.OpenResultAsync(providerJobId, index, cancellationToken);

    public Task CancelAsync(string providerJobId, CancellationToken cancellationToken) => _provider.CancelAsync(providerJobId, cancellationToken);

    public Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken) => _provider.ReleaseAsync(providerJobId, cancellationToken);

    private async Task<T> GuardAsync<T>(CallHold hold, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (hold.Pass() is { } rest)
        {
            throw Unasked(hold.Reason ?? FailureKind.RateLimited, rest, innerException: null);
        }

        var calledAt = _clock.GetUtcNow();
        try
        {
            var answer = await _breaker.ExecuteAsync(static async (call, token) => await call(token), call, cancellationToken);
            _retries.Earn();
            WasLetIn(hold, calledAt, wasDone: true);
            return answer;
        }
        catch (BrokenCircuitException ex)
        {
            throw Unasked(FailureKind.ProviderDown, _state.CircuitState is CircuitState.HalfOpen ? ShortRest : ex.RetryAfter ?? ShortRest, ex);
        }
        catch (VideoProviderException ex)
        {
            if (!HoldBack(hold, ex) && ex.Kind is not (FailureKind.ProviderDown or FailureKind.RateLimited))
            {
                // No is an answer, too.
                WasLetIn(hold, calledAt, wasDone: false);
            }

            throw;
        }
    }

    private static VideoProviderException Unasked(FailureKind reason, TimeSpan rest, Exception? innerException)
    {
        var sentence = reason switch
        {
            FailureKind.Credentials => "The provider does not accept our key. Jobs wait until an administrator has seen to it.",
            FailureKind.Quota => "The account at the provider has nothing left. Jobs wait until it has.",
            FailureKind.RateLimited => "The provider asked us to slow down.",
            _ => "The provider does not answer properly. It is left alone for a moment.",
        };
        return new VideoProviderException(reason, sentence, detail: null, innerException) { IsTransient = true, IsUnasked = true, RetryAfter = rest };
    }

    // What concerns the account concerns every job. A key that is refused is refused for everything; credit, and the room for new
    // jobs, are wanted by submissions alone.
    private bool HoldBack(CallHold hold, VideoProviderException trouble)
    {
        switch (trouble.Kind)
        {
            case FailureKind.Credentials:
                HoldEverything();
                return true;
            case FailureKind.Quota when hold == _submissions:
                if (hold.Place(trouble.Kind, Bounded(trouble.RetryAfter ?? _accountRest)))
                {
                    LogNothingLeft(Id);
                }

                return true;
            case FailureKind.RateLimited when hold == _submissions || trouble.RetryAfter is not null:
                hold.Place(trouble.Kind, Bounded(trouble.RetryAfter ?? BusyRest));
                return true;
            default:
                return false;
        }
    }

    private void HoldEverything()
    {
        var isNews = _submissions.Place(FailureKind.Credentials, _accountRest);
        if (_looks.Place(FailureKind.Credentials, _accountRest) || isNews)
        {
            LogKeyRefused(Id, _accountRest);
        }
    }

    private static TimeSpan Bounded(TimeSpan asked) => asked < ShortestRest ? ShortestRest : asked > LongestRest ? LongestRest : asked;

    private void WasLetIn(CallHold hold, DateTimeOffset calledAt, bool wasDone)
    {
        var reason = hold.Lift(calledAt, wasDone);
        var other = hold == _looks ? _submissions : _looks;
        if (other.Reason is FailureKind.Credentials)
        {
            other.Lift(calledAt, wasDone);
        }

        if (reason is FailureKind.Credentials or FailureKind.Quota)
        {
            LogBack(Id);
        }
    }

    // An answer that a job is unknown, that the key is not accepted, or a request to slow down, is an answer.
    private static bool IsOutage(Exception? exception) => exception switch
    {
        VideoProviderException { IsTransient: true, Kind: FailureKind.ProviderDown } => true,
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

    // Once for each time that it is refused, however many jobs wait: somebody has to act.
    [LoggerMessage(Level = LogLevel.Critical, Message = "{ProviderId} does not accept the key. Its jobs wait, and it is tried once in {Rest}, until somebody sees to it")]
    private partial void LogKeyRefused(string providerId, TimeSpan rest);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The account at {ProviderId} has no credit or allowance left. New jobs wait until it has")]
    private partial void LogNothingLeft(string providerId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{ProviderId} answers again")]
    private partial void LogBack(string providerId);
}
