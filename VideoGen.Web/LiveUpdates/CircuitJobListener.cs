using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace VideoGen.Web.LiveUpdates;

/// <summary>
/// One part of a page, listening. Holds at most one hint: what comes while the part is busy is added to it, so a slow
/// part sees fewer hints and holds nobody up. Read by one reader; dispose it to stop listening.
/// </summary>
public sealed class CircuitJobListener : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Action<CircuitJobListener> _remove;
    private JobHint? _waiting;

    internal CircuitJobListener(Action<CircuitJobListener> remove) => _remove = remove;

    /// <summary>Yields what changed since the last read, until cancelled or the circuit ends.</summary>
    /// <exception cref="Exception">Listening itself failed; rethrown here, so that the page can say so.</exception>
    public async IAsyncEnumerable<JobHint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var _ in _signal.Reader.ReadAllAsync(cancellationToken))
        {
            JobHint? hint;
            lock (_gate)
            {
                (hint, _waiting) = (_waiting, null);
            }

            if (hint is not null)
            {
                yield return hint;
            }
        }
    }

    public void Dispose() => _remove(this);

    internal void Offer(JobHint hint)
    {
        lock (_gate)
        {
            _waiting = _waiting?.And(hint) ?? hint;
        }

        _signal.Writer.TryWrite(true);
    }

    internal void Complete(Exception? failure) => _signal.Writer.TryComplete(failure);
}
