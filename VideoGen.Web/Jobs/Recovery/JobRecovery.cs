using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Accounts;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;
using VideoGen.Web.LiveUpdates;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Jobs.Recovery;

/// <summary>
/// Carries out an order for one of its jobs. The move and its line in the audit log are one transaction. A job that changes under the
/// person's hands is looked at anew: the person's wish is held against what is true now.
/// </summary>
internal sealed partial class JobRecovery(
    IDbContextFactory<AppDbContext> contexts,
    RecoveryVerdicts verdicts,
    RecoveryMoves moves,
    VideoProviders providers,
    ReleaseResults releases,
    JobSchedule schedule,
    JobUpdates updates,
    TimeProvider clock,
    ILogger<JobRecovery> logger)
{
    // The engine looks at a running job every few seconds, so that a look of ours may well cross one of its own.
    private const int Tries = 4;

    public async Task<RecoveryResult> RunAsync(Guid actorId, RecoveryOrder order, Guid jobId, CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await TryAsync(actorId, order, jobId, cancellationToken);
            }
            catch (DbUpdateConcurrencyException) when (number < Tries)
            {
                // Nothing was written.
            }
            catch (DbUpdateConcurrencyException)
            {
                return await RefuseAsync(actorId, order, new(jobId, RecoveryOutcome.Refused, "This job has changed meanwhile. Look again."), cancellationToken);
            }
        }
    }

    /// <summary>Puts a fault on record, where the action would have been.</summary>
    public async Task RecordFaultAsync(Guid actorId, RecoveryOrder order, Guid jobId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await RecordAsync(db, actorId, order, jobId, result: null, cancellationToken);
    }

    private async Task<RecoveryResult> TryAsync(Guid actorId, RecoveryOrder order, Guid jobId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var lately = clock.GetUtcNow() - RecoveryMoves.SameWishFor;
        var job = await db.Jobs
            .Include(row => row.Attempts)
            .Include(row => row.Events.Where(entry => entry.At > lately))
            .SingleOrDefaultAsync(row => row.Id == jobId, cancellationToken);
        if (job is null || (job.OwnerId != actorId && !(await PersonActing.ReadAsync(db, actorId, cancellationToken)).IsAdmin))
        {
            return new RecoveryResult(jobId, RecoveryOutcome.Missing);
        }

        var forgettable = job.ReleasedAt is null ? job.ProviderJobId : null;
        var result = verdicts.RefusalOf(order, job) ?? await moves.RunAsync(job, order, JobActor.Person(actorId), cancellationToken);
        try
        {
            await WriteAsync(db, actorId, order, job, result, cancellationToken);
        }
        catch (DbUpdateException ex) when (ex is not DbUpdateConcurrencyException && order.Action is RecoveryAction.Adopt)
        {
            // Somebody may have been quicker: the unique index is the last guard.
            if (await moves.FindTakenAsync(job, order, cancellationToken) is { } taken)
            {
                return await RefuseAsync(actorId, order, taken, cancellationToken);
            }

            throw;
        }

        if (result.IsDone)
        {
            await FollowUpAsync(order.Action, job, forgettable);
        }

        return result;
    }

    private async Task WriteAsync(
        AppDbContext db, Guid actorId, RecoveryOrder order, GenerationJob job, RecoveryResult result, CancellationToken cancellationToken)
    {
        var isAudited = RecoveryAudit.Concerns(order, job.OwnerId, actorId, result.ForceWouldDo);
        if (!result.IsDone && !isAudited)
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (result.IsDone && order.Action is RecoveryAction.CheckNow or RecoveryAction.Cancel && !HasMoved(db, job))
        {
            await WishAsync(db, order.Action, job, cancellationToken);
        }

        if (isAudited)
        {
            db.AuditEntries.Add(RecoveryAudit.EntryOf(order, job.Id, actorId, RecoveryAudit.OutcomeOf(result), clock.GetUtcNow()));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static bool HasMoved(AppDbContext db, GenerationJob job) => db.Entry(job).Property(row => row.Status).IsModified;

    // Only these columns, whatever the epoch: a wish must not fence off an answer that the engine is about to write. A check that was
    // put off does not put the wish off; what the provider says to the wish itself does. But nobody's wish has a provider asked about
    // one job more often than it may be.
    private async Task WishAsync(AppDbContext db, RecoveryAction wish, GenerationJob job, CancellationToken cancellationToken)
    {
        DateTimeOffset? cancelledAt = wish is RecoveryAction.Cancel ? job.CancelRequestedAt ?? clock.GetUtcNow() : job.CancelRequestedAt;
        var looksSoon = wish is RecoveryAction.CheckNow || job.Status is JobStatus.Generating;
        var lookAt = wish is RecoveryAction.CheckNow ? schedule.EarliestLookAt(job) : null;
        var written = await db.Jobs
            .Where(row => row.Id == job.Id && row.Status == job.Status)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.CancelRequestedAt, row => row.CancelRequestedAt ?? cancelledAt)
                    .SetProperty(row => row.NotBefore, row => looksSoon ? lookAt : row.NotBefore),
                cancellationToken);
        if (written == 0)
        {
            throw new DbUpdateConcurrencyException($"Job {job.Id} has moved on.");
        }
    }

    // What is written is done. What follows from it is caught up on by the reconciler, should it fail here.
    private async Task FollowUpAsync(RecoveryAction action, GenerationJob job, string? forgettable)
    {
        try
        {
            updates.Publish(new JobChanged(job.Id, job.OwnerId));
            await PlanAsync(action, job, forgettable);
        }
        catch (Exception ex)
        {
            LogNotPlanned(ex, job.Id);
        }
    }

    private async Task PlanAsync(RecoveryAction action, GenerationJob job, string? forgettable)
    {
        if (job.Status.IsActive() && action is RecoveryAction.Cancel)
        {
            await schedule.StartAsync(job.Id, CancellationToken.None);
        }
        else if (job.Status.IsActive())
        {
            await schedule.StartWhenDueAsync(job, CancellationToken.None);
        }
        else
        {
            // Its place may be free now: the step that finds it ended sees to the next in line.
            await schedule.CheckNowAsync(job.Id, CancellationToken.None);
        }

        if (forgettable is not null && job.ProviderJobId is null && providers.Find(job.ProviderId) is { } provider)
        {
            await releases.ReleaseForgottenAsync(job.Id, provider, forgettable, CancellationToken.None);
        }
    }

    private async Task<RecoveryResult> RefuseAsync(Guid actorId, RecoveryOrder order, RecoveryResult refusal, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await RecordAsync(db, actorId, order, refusal.JobId, refusal, cancellationToken);
        return refusal;
    }

    private async Task RecordAsync(
        AppDbContext db, Guid actorId, RecoveryOrder order, Guid jobId, RecoveryResult? result, CancellationToken cancellationToken)
    {
        var owner = await db.Jobs.Where(row => row.Id == jobId).Select(row => (Guid?)row.OwnerId).SingleOrDefaultAsync(cancellationToken);
        if (owner is { } ownerId && RecoveryAudit.Concerns(order, ownerId, actorId, result?.ForceWouldDo ?? false))
        {
            db.AuditEntries.Add(RecoveryAudit.EntryOf(order, jobId, actorId, RecoveryAudit.OutcomeOf(result), clock.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What follows from an action on job {JobId} could not be planned; the next comparison of the triggers with the jobs does it")]
    private partial void LogNotPlanned(Exception exception, Guid jobId);
}
