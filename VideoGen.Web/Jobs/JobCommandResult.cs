namespace VideoGen.Web.Jobs;

/// <summary>What became of a command on one job. A job of somebody else looks like a missing one.</summary>
public sealed record JobCommandResult
{
    private JobCommandResult(bool done, bool notFound, string? reason)
    {
        Done = done;
        NotFound = notFound;
        Reason = reason;
    }

    public static JobCommandResult Success { get; } = new(done: true, notFound: false, reason: null);

    public static JobCommandResult Missing { get; } = new(done: false, notFound: true, reason: null);

    public bool Done { get; }

    public bool NotFound { get; }

    /// <summary>Why it was refused: a sentence for people. <see langword="null"/> unless it was.</summary>
    public string? Reason { get; }

    public static JobCommandResult Refused(string reason) => new(done: false, notFound: false, reason);
}
