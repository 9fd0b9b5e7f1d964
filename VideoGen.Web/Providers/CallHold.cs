using VideoGen.Domain.Jobs;

namespace VideoGen.Web.Providers;

/// <summary>
/// Keeps one kind of call from a provider for a while, because its account was refused or it asked us to slow down: what was said
/// to one job is true for all of them. After the rest one call finds out whether it still is. Safe for concurrent use.
/// </summary>
internal sealed class CallHold(TimeProvider clock)
{
    // For the one call that finds out, before the next one may: an answer is not farther off than a submission may take. The others
    // ask again sooner, because the answer is most likely there by then.
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DuringProbe = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private FailureKind? _reason;
    private DateTimeOffset _placedAt;
    private DateTimeOffset _until;
    private bool _isProbing;

    /// <summary>Why calls are kept back; <see langword="null"/> when they are not.</summary>
    public FailureKind? Reason
    {
        get
        {
            lock (_lock)
            {
                return _reason;
            }
        }
    }

    /// <summary>Whether a call would be kept back now. Asks only.</summary>
    public bool IsResting
    {
        get
        {
            lock (_lock)
            {
                return _reason is not null && clock.GetUtcNow() < _until;
            }
        }
    }

    /// <summary>Lets a call through, or says for how long it is kept back. The first one after a rest holds up the others.</summary>
    /// <returns><see langword="null"/> to go ahead.</returns>
    public TimeSpan? Pass()
    {
        lock (_lock)
        {
            if (_reason is null)
            {
                return null;
            }

            var now = clock.GetUtcNow();
            if (now < _until)
            {
                return _isProbing ? DuringProbe : _until - now;
            }

            _isProbing = true;
            _until = now + ProbeTime;
            return null;
        }
    }

    /// <summary>Keeps calls back from now on.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Place(FailureKind reason, TimeSpan rest)
    {
        lock (_lock)
        {
            var isNews = _reason != reason;
            _reason = reason;
            _isProbing = false;
            _placedAt = clock.GetUtcNow();
            _until = _placedAt + rest;
            return isNews;
        }
    }

    /// <summary>A call was let in: the reason is gone, unless the call was under way already when it came up.</summary>
    /// <param name="calledAt">When the call was begun.</param>
    /// <param name="wasDone">Whether it was done, too: that it was refused for another reason says nothing of credit.</param>
    /// <returns>What is gone; <see langword="null"/> when nothing is.</returns>
    public FailureKind? Lift(DateTimeOffset calledAt, bool wasDone)
    {
        lock (_lock)
        {
            if (calledAt <= _placedAt || (_reason is FailureKind.Quota && !wasDone))
            {
                return null;
            }

            var reason = _reason;
            _reason = null;
            return reason;
        }
    }
}
