using Microsoft.EntityFrameworkCore;
using Quartz;
using VideoGen.Web.Accounts;
using VideoGen.Web.Audit;
using VideoGen.Web.Data;

namespace VideoGen.Web.Repair;

/// <summary>An administrator wants a pass now. It is started and not waited for; the audit log says who asked, and what came of it.</summary>
internal sealed class StartRepairCommand(
    IDbContextFactory<AppDbContext> contexts, RepairTurns turns, ISchedulerFactory schedulers, TimeProvider clock)
{
    public const string Action = "repair.start";

    public async Task<StartRepairResult> ExecuteAsync(Guid actorId, CancellationToken cancellationToken)
    {
        var result = await JudgeAsync(actorId, cancellationToken);

        // First, so that none is started without its line.
        await RecordAsync(actorId, result, cancellationToken);
        if (result is StartRepairResult.Started)
        {
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            await scheduler.TriggerJob(RepairJob.Key, CancellationToken.None);
        }

        return result;
    }

    // Asked of the database: the page may have been open since before the role was taken away.
    private async Task<StartRepairResult> JudgeAsync(Guid actorId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!(await PersonActing.ReadAsync(db, actorId, cancellationToken)).IsAdmin)
        {
            return StartRepairResult.NotAllowed;
        }

        return await turns.IsTakenAsync(cancellationToken) ? StartRepairResult.AlreadyRunning : StartRepairResult.Started;
    }

    private async Task RecordAsync(Guid actorId, StartRepairResult result, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow(), actorId, Action, AuditTarget.Repair, reason: null, OutcomeOf(result)));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static string OutcomeOf(StartRepairResult result) => result switch
    {
        StartRepairResult.Started => "done",
        StartRepairResult.AlreadyRunning => "refused: a pass runs already",
        StartRepairResult.NotAllowed => "refused: not an administrator",
    };
}

/// <summary>What became of the wish.</summary>
internal enum StartRepairResult
{
    /// <summary>It runs, or will in a moment.</summary>
    Started,

    /// <summary>One runs already; its end brings what was wished for.</summary>
    AlreadyRunning,

    /// <summary>Whoever asked is no administrator.</summary>
    NotAllowed,
}
