using VideoGen.Domain.Jobs;
using VideoGen.Web.Audit;

namespace VideoGen.Web.Jobs.Recovery;

/// <summary>Which recovery actions go into the audit log, and what it says of them.</summary>
internal static class RecoveryAudit
{
    private const string Failed = "failed";

    /// <summary>
    /// Whatever is done to somebody else's job, every reset, and whatever is forced or may be paid for twice; also when it is refused.
    /// </summary>
    public static bool Concerns(RecoveryOrder order, Guid ownerId, Guid actorId, bool forceWouldDo) =>
        ownerId != actorId || order.Force || forceWouldDo || order.Action is RecoveryAction.SubmitAgain or RecoveryAction.Reset;

    public static AuditEntry EntryOf(RecoveryOrder order, Guid jobId, Guid actorId, string outcome, DateTimeOffset at) => new(
        at,
        actorId,
        NameOf(order.Action),
        AuditTarget.Job(jobId),
        order.Problem is null ? order.Why : null,
        outcome.Length > AuditEntry.MaxTextLength ? outcome[..AuditEntry.MaxTextLength] : outcome);

    /// <param name="result">What came of it; <see langword="null"/> when it ended in a fault.</param>
    public static string OutcomeOf(RecoveryResult? result) => result switch
    {
        null => Failed,
        { Outcome: RecoveryOutcome.Done } => "done",
        { Outcome: RecoveryOutcome.Kept } => "done: the video was there and is kept",
        { Outcome: RecoveryOutcome.Refused, Reason: var reason } => $"refused: {reason}",
        { Outcome: RecoveryOutcome.Missing } => "refused: no such job",
        _ => Failed,
    };

    public static string NameOf(RecoveryAction action) => action switch
    {
        RecoveryAction.CheckNow => "job.check-now",
        RecoveryAction.Reset => "job.reset",
        RecoveryAction.Retry => "job.retry",
        RecoveryAction.Cancel => "job.cancel",
        RecoveryAction.Adopt => "job.adopt",
        RecoveryAction.SubmitAgain => "job.submit-again",
        RecoveryAction.GiveUp => "job.give-up",
    };
}
