namespace VideoGen.Web.Audit;

/// <summary>
/// One line of the audit log: who did what to what, why, and what came of it. Written in the transaction of the change, and never
/// changed or removed: triggers of the database refuse both. Never holds a prompt, a key or a link.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>Longest reason and outcome that are kept.</summary>
    public const int MaxTextLength = 500;

    /// <summary>Longest name of an action and of a kind of target, and longest id of a target.</summary>
    public const int MaxNameLength = 64;

    private AuditEntry()
    {
    }

    public AuditEntry(DateTimeOffset at, Guid actorId, string action, AuditTarget target, string? reason, string outcome)
    {
        Id = Guid.CreateVersion7(at);
        At = at;
        ActorId = actorId;
        Action = action;
        TargetKind = target.Kind;
        TargetId = target.Id;
        Reason = reason;
        Outcome = outcome;
    }

    public Guid Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>The person. Not a foreign key: the entry outlives the account.</summary>
    public Guid ActorId { get; private set; }

    /// <summary>What was asked for, such as "job.reset".</summary>
    public string Action { get; private set; } = "";

    public string TargetKind { get; private set; } = "";

    public string TargetId { get; private set; } = "";

    /// <summary>What the person gave as the reason, or <see langword="null"/>.</summary>
    public string? Reason { get; private set; }

    /// <summary>"done", "refused: …" or "failed".</summary>
    public string Outcome { get; private set; } = "";
}

/// <summary>What an audited action was done to.</summary>
/// <param name="Kind">Such as "job".</param>
/// <param name="Id">Names it within its kind.</param>
public readonly record struct AuditTarget(string Kind, string Id)
{
    /// <summary>The repair of jobs, rows and stored files as a whole.</summary>
    public static AuditTarget Repair => new("repair", "pass");

    public static AuditTarget Job(Guid jobId) => new("job", jobId.ToString());
}
