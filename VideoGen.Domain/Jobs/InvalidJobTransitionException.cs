namespace VideoGen.Domain.Jobs;

/// <summary>Code asked for a move that <see cref="JobTransitions"/> does not allow. Always a bug, never a person's mistake.</summary>
public sealed class InvalidJobTransitionException : InvalidOperationException
{
    public InvalidJobTransitionException(Guid jobId, JobStatus from, JobStatus to)
        : base($"Job {jobId} cannot go from {from} to {to}.")
    {
    }
}
