using VideoGen.Domain.Jobs;

namespace VideoGen.Tests.Jobs;

/// <summary>Every state of a job that the rules of recovery tell apart.</summary>
internal static class RecoverySamples
{
    /// <summary>Failed, but its provider job may still be there.</summary>
    public const string TimedOut = nameof(TimedOut);

    /// <summary>Unconfirmed, and closed as failed by a person.</summary>
    public const string GivenUp = nameof(GivenUp);

    /// <summary>Unconfirmed, and cancelled.</summary>
    public const string Doubtful = nameof(Doubtful);

    /// <summary>Reset by a person.</summary>
    public const string ReadyAgain = nameof(ReadyAgain);

    /// <summary>All of them: the statuses, and what they do not tell.</summary>
    public static IEnumerable<string> States => [.. Enum.GetNames<JobStatus>(), TimedOut, GivenUp, Doubtful, ReadyAgain];

    public static GenerationJob In(string state, Guid? ownerId = null)
    {
        var owner = ownerId ?? Guid.NewGuid();
        switch (state)
        {
            case TimedOut:
                var late = JobSamples.In(JobStatus.Generating, owner);
                late.Fail(new JobFailure(FailureKind.TimedOut, "No sign of life for 15 min."), TestClock.Start, TestClock.Start.AddHours(24));
                return late;
            case GivenUp:
                var closed = JobSamples.In(JobStatus.Unconfirmed, owner);
                closed.Fail(new JobFailure(FailureKind.Unconfirmed, "Given up."), TestClock.Start, actor: JobActor.Person(owner));
                return closed;
            case Doubtful:
                var stopped = JobSamples.In(JobStatus.Unconfirmed, owner);
                stopped.Cancel("Given up by you.", TestClock.Start);
                return stopped;
            case ReadyAgain:
                var ready = JobSamples.In(JobStatus.Failed, owner);
                ready.Reset("Reset.", TestClock.Start, JobActor.Person(owner));
                return ready;
            default:
                return JobSamples.In(Enum.Parse<JobStatus>(state), owner);
        }
    }
}
