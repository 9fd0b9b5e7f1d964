namespace VideoGen.Web.Jobs.Recovery;

/// <summary>What became of an order for one job.</summary>
public enum RecoveryOutcome
{
    /// <summary>It is done, or the engine has been told to do it at once.</summary>
    Done,

    /// <summary>Instead of a reset: its video is there after all, and is saved.</summary>
    Kept,

    /// <summary>Nothing was changed; the reason says why.</summary>
    Refused,

    /// <summary>The person has no such job. A job of somebody else looks like this to all but administrators.</summary>
    Missing,
}

/// <param name="JobId">The job.</param>
/// <param name="Outcome">What became of the order for it.</param>
/// <param name="Reason">Why it was refused: a sentence for people. <see langword="null"/> unless it was.</param>
/// <param name="ForceWouldDo">Whether the same order would be carried out for a person who insists and says why.</param>
public sealed record RecoveryResult(Guid JobId, RecoveryOutcome Outcome, string? Reason = null, bool ForceWouldDo = false)
{
    public bool IsDone => Outcome is RecoveryOutcome.Done or RecoveryOutcome.Kept;
}
