using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace VideoGen.Web.LiveUpdates;

/// <summary>One listener's queue of changes. Read by one reader; dispose it to stop listening.</summary>
public sealed class JobSubscription : IDisposable
{
    // More than a person's jobs change between two reads; a lost hint is made good by the next.
    private const int Capacity = 256;

    private readonly Guid? _ownerId;
    private readonly TimeProvider _clock;
    private readonly Action<JobSubscription> _remove;
    private readonly Channel<JobChanged> _changes = Channel.CreateBounded<JobChanged>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    internal JobSubscription(Guid? ownerId, TimeProvider clock, Action<JobSubscription> remove)
    {
        _ownerId = ownerId;
        _clock = clock;
        _remove = remove;
    }

    /// <summary>Yields everything that arrived since the last read, at most once per <paramref name="minInterval"/>.</summary>
    public async IAsyncEnumerable<IReadOnlyList<JobChanged>> ReadBatchesAsync(
        TimeSpan minInterval, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _changes.Reader.WaitToReadAsync(cancellationToken))
        {
            List<JobChanged> batch = [];
            while (_changes.Reader.TryRead(out var change))
            {
                batch.Add(change);
            }

            yield return batch;
            await Task.Delay(minInterval, _clock, cancellationToken);
        }
    }

    public void Dispose() => _remove(this);

    internal void Offer(JobChanged change)
    {
        if (_ownerId is null || _ownerId == change.OwnerId)
        {
            _changes.Writer.TryWrite(change);
        }
    }
}
