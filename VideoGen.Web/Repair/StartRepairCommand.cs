using Microsoft.EntityFrameworkCore;
using Quartz;
using VideoGen.Web.Accounts;
using VideoGen.Web.Data;

namespace VideoGen.Web.Repair;

/// <summary>An administrator wants a pass now. It is started and not waited for.</summary>
internal sealed partial class StartRepairCommand(
    IDbContextFactory<AppDbContext> contexts, RepairTurns turns, ISchedulerFactory schedulers, ILogger<StartRepairCommand> logger)
{
    public async Task<StartRepairResult> ExecuteAsync(Guid actorId, CancellationToken cancellationToken)
    {
        if (!await IsAdminAsync(actorId, cancellationToken))
        {
            return StartRepairResult.NotAllowed;
        }

        if (await turns.IsTakenAsync(cancellationToken))
        {
            return StartRepairResult.AlreadyRunning;
        }

        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.TriggerJob(RepairJob.Key, cancellationToken);
        LogStarted(actorId);
        return StartRepairResult.Started;
    }

    // Asked of the database: the page may have been open since before the role was taken away.
    private async Task<bool> IsAdminAsync(Guid actorId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.UserRoles
            .Where(entry => entry.UserId == actorId)
            .Join(db.Roles, entry => entry.RoleId, role => role.Id, (_, role) => role.Name)
            .AnyAsync(name => name == Roles.Admin, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{ActorId} started a pass of the repair")]
    private partial void LogStarted(Guid actorId);
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
