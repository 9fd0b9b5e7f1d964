using System.Collections.Immutable;

namespace VideoGen.Web.LiveUpdates;

/// <summary>Something about this job changed. A hint to look again; the database is the truth.</summary>
public sealed record JobChanged(Guid JobId, Guid OwnerId);

/// <summary>
/// Carries job changes from whoever committed them to the open pages of this process.
/// Publishing never blocks, never throws and never runs page code. Safe from any thread.
/// </summary>
public sealed class JobUpdates(TimeProvider clock)
{
    private ImmutableHashSet<JobSubscription> _subscriptions = [];

    internal int SubscriptionCount => _subscriptions.Count;

    public void Publish(JobChanged change)
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Offer(change);
        }
    }

    /// <summary>Listens from this moment on, so nothing is lost before the first read.</summary>
    /// <param name="ownerId">Whose jobs to follow; <see langword="null"/> follows everyone's.</param>
    public JobSubscription Subscribe(Guid? ownerId)
    {
        var subscription = new JobSubscription(ownerId, clock, Remove);
        ImmutableInterlocked.Update(ref _subscriptions, static (all, added) => all.Add(added), subscription);
        return subscription;
    }

    private void Remove(JobSubscription subscription) =>
        ImmutableInterlocked.Update(ref _subscriptions, static (all, removed) => all.Remove(removed), subscription);
}
