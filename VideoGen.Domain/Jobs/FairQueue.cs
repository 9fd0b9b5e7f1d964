namespace VideoGen.Domain.Jobs;

/// <summary>
/// Who is next at a provider: in turn by owner, so that a person with a hundred jobs does not keep the others waiting,
/// and by age within an owner.
/// </summary>
public static class FairQueue
{
    /// <summary>The waiting jobs in the order in which they will be submitted.</summary>
    /// <param name="waiting">All waiting jobs of one provider.</param>
    /// <param name="running">How many jobs each owner has running there; owners without any may be missing.</param>
    public static IReadOnlyList<WaitingJob> Order(IEnumerable<WaitingJob> waiting, IReadOnlyDictionary<Guid, int> running) =>
    [
        .. waiting
            .GroupBy(job => job.OwnerId)
            .SelectMany(own => own
                .OrderBy(job => job.QueuedAt)
                .ThenBy(job => job.JobId)
                .Select((job, index) => (Job: job, Turn: running.GetValueOrDefault(job.OwnerId) + index)))
            .OrderBy(entry => entry.Turn)
            .ThenBy(entry => entry.Job.QueuedAt)
            .ThenBy(entry => entry.Job.JobId)
            .Select(entry => entry.Job),
    ];
}

/// <summary>What the order of the queue depends on.</summary>
public readonly record struct WaitingJob(Guid JobId, Guid OwnerId, DateTimeOffset QueuedAt);
