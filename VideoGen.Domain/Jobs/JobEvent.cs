namespace VideoGen.Domain.Jobs;

/// <summary>One line of a job's history. Appended in the transaction of the move it records and never changed.</summary>
public sealed class JobEvent
{
    private JobEvent()
    {
    }

    internal JobEvent(Guid jobId, DateTimeOffset at, JobStatus? from, JobStatus to, string reason, JobActor actor)
    {
        Id = Guid.CreateVersion7(at);
        JobId = jobId;
        At = at;
        From = from;
        To = to;
        Reason = reason;
        Actor = actor;
    }

    public Guid Id { get; private set; }

    public Guid JobId { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary><see langword="null"/> for the first event. Equal to <see cref="To"/> for a remark without a move.</summary>
    public JobStatus? From { get; private set; }

    public JobStatus To { get; private set; }

    /// <summary>A sentence for people. Never a prompt, a key or a link.</summary>
    public string Reason { get; private set; } = "";

    public JobActor Actor { get; private set; }
}
