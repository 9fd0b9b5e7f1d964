namespace VideoGen.Domain.Jobs;

/// <summary>How well a job is in its status. Computed, never stored.</summary>
public enum JobHealth
{
    /// <summary>As expected.</summary>
    Ok,

    /// <summary>Takes longer than jobs like it usually do, but shows signs of life.</summary>
    Slow,

    /// <summary>No progress for longer than the model's limit.</summary>
    Stuck,

    /// <summary>Cannot go on by itself: a person has to decide.</summary>
    NeedsYou,
}

/// <summary>The rules of <see cref="JobHealth"/>: from status, time of the last progress and the model's limits.</summary>
public static class JobHealthRules
{
    /// <param name="job">The job as it is now.</param>
    /// <param name="usualMax">The upper end of the usual duration of jobs like this one.</param>
    /// <param name="stuckAfter">How long a job of this model may go without progress.</param>
    /// <param name="now">The present instant.</param>
    public static JobHealth Of(GenerationJob job, TimeSpan usualMax, TimeSpan stuckAfter, DateTimeOffset now) => job.Status switch
    {
        JobStatus.Unconfirmed or JobStatus.Failed => JobHealth.NeedsYou,
        JobStatus.Submitting or JobStatus.Generating or JobStatus.Saving => OfRunning(job, usualMax, stuckAfter, now),
        // Waiting for a place is not sickness, however long: the queue says who is ahead.
        JobStatus.Queued or JobStatus.Completed or JobStatus.Cancelled => JobHealth.Ok,
    };

    private static JobHealth OfRunning(GenerationJob job, TimeSpan usualMax, TimeSpan stuckAfter, DateTimeOffset now)
    {
        if (now - job.LastProgressAt > stuckAfter)
        {
            return JobHealth.Stuck;
        }

        return job.SubmittedAt is { } submitted && now - submitted > usualMax ? JobHealth.Slow : JobHealth.Ok;
    }
}
