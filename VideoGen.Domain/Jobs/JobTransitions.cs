using System.Collections.Frozen;

namespace VideoGen.Domain.Jobs;

/// <summary>The one table of allowed moves between statuses. Drawn in docs/job-lifecycle.md.</summary>
public static class JobTransitions
{
    private static readonly FrozenDictionary<JobStatus, FrozenSet<JobStatus>> Allowed =
        new Dictionary<JobStatus, FrozenSet<JobStatus>>
        {
            [JobStatus.Queued] = To(JobStatus.Submitting, JobStatus.Failed, JobStatus.Cancelled),
            [JobStatus.Submitting] = To(
                JobStatus.Generating, JobStatus.Queued, JobStatus.Unconfirmed, JobStatus.Failed),
            [JobStatus.Unconfirmed] = To(
                JobStatus.Generating, JobStatus.Queued, JobStatus.Failed, JobStatus.Cancelled),
            [JobStatus.Generating] = To(JobStatus.Saving, JobStatus.Failed, JobStatus.Cancelled),
            [JobStatus.Saving] = To(JobStatus.Completed, JobStatus.Failed),
            [JobStatus.Completed] = To(),
            [JobStatus.Failed] = To(JobStatus.Queued, JobStatus.Generating, JobStatus.Saving, JobStatus.Cancelled),
            [JobStatus.Cancelled] = To(JobStatus.Queued),
        }.ToFrozenDictionary();

    /// <summary>Whether a job may go from one status to the other. Staying where it is is not a move.</summary>
    public static bool CanBecome(this JobStatus from, JobStatus to) => Allowed[from].Contains(to);

    /// <summary>Whether the engine still has something to do for a job in this status.</summary>
    public static bool IsActive(this JobStatus status) => status switch
    {
        JobStatus.Queued or JobStatus.Submitting or JobStatus.Unconfirmed
            or JobStatus.Generating or JobStatus.Saving => true,
        JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled => false,
    };

    private static FrozenSet<JobStatus> To(params JobStatus[] statuses) => statuses.ToFrozenSet();
}
