namespace VideoGen.Web.Webhooks;

/// <summary>
/// Remembers for a while what has been seen, so that it counts once. In memory, and bounded: what is forgotten too early only
/// makes the engine look once more. Safe for concurrent use.
/// </summary>
internal sealed class RecentKeys(TimeSpan window, TimeProvider clock)
{
    /// <summary>How many are remembered; the oldest give way.</summary>
    public const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, DateTimeOffset At)> _order = new();

    /// <returns><see langword="false"/> when it has been added within the window already.</returns>
    public bool TryAdd(string key)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            DropOld(now);
            if (!_seen.TryAdd(key, now))
            {
                return false;
            }

            _order.Enqueue((key, now));
            return true;
        }
    }

    /// <summary>As if it had never been added.</summary>
    public void Remove(string key)
    {
        lock (_lock)
        {
            _seen.Remove(key);
        }
    }

    private void DropOld(DateTimeOffset now)
    {
        while (_order.TryPeek(out var oldest) && (oldest.At + window <= now || _order.Count >= Most))
        {
            _order.Dequeue();

            // It may have been removed and added again since.
            if (_seen.TryGetValue(oldest.Key, out var at) && at == oldest.At)
            {
                _seen.Remove(oldest.Key);
            }
        }
    }
}
