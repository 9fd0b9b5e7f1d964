namespace VideoGen.Web.Providers;

/// <summary>
/// How often a provider may be asked again after a setback: a tenth of what it is asked anyway, and one question a second besides, so
/// that few jobs are not held up by the lack of others. Each job backs off by itself; this bounds what a hundred of them ask together
/// when a provider fails in part, too seldom for its breaker. Safe for concurrent use.
/// </summary>
/// <remarks>The ratio is the one of Google's SRE book ("Handling Overload"); the floor is there as in Finagle's RetryBudget.</remarks>
internal sealed class RetryBudget(TimeProvider clock)
{
    private const double Share = 0.1;
    private const double EachSecond = 1;

    // What a quiet time may save up.
    private const double Most = 10;

    private readonly Lock _lock = new();
    private double _left = Most;
    private DateTimeOffset _countedUntil = clock.GetUtcNow();

    /// <summary>Something was asked that would have been asked anyway.</summary>
    public void Earn()
    {
        lock (_lock)
        {
            Add(Share);
        }
    }

    /// <summary>Takes what one more question after a setback costs.</summary>
    /// <returns><see langword="false"/> when nothing is left: ask later.</returns>
    public bool TrySpend()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            Add((now - _countedUntil).TotalSeconds * EachSecond);
            _countedUntil = now;
            if (_left < 1)
            {
                return false;
            }

            _left--;
            return true;
        }
    }

    private void Add(double more) => _left = Math.Clamp(_left + more, 0, Most);
}
