using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;
using VideoGen.Web.LiveUpdates;

namespace VideoGen.Web.Jobs;

/// <summary>Notes that the owner wants a job stopped. The engine carries it out, at once.</summary>
internal sealed class CancelJobCommand(
    IDbContextFactory<AppDbContext> contexts, JobSchedule schedule, JobUpdates updates, TimeProvider clock)
{
    public async Task<JobCommandResult> ExecuteAsync(Guid ownerId, Guid jobId, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var status = await db.Jobs
            .Where(job => job.Id == jobId && job.OwnerId == ownerId)
            .Select(job => (JobStatus?)job.Status)
            .SingleOrDefaultAsync(cancellationToken);
        if (status is null)
        {
            return JobCommandResult.Missing;
        }

        // Only these columns, whatever the epoch: the wish must not fence off an answer that the engine is about to write.
        // A check that was put off does not put the wish off; what the provider says to the wish itself does.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var written = await db.Jobs
            .Where(job => job.Id == jobId && job.CancelRequestedAt == null
                && job.Status != JobStatus.Completed && job.Status != JobStatus.Failed && job.Status != JobStatus.Cancelled)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(job => job.CancelRequestedAt, now)
                    .SetProperty(job => job.NotBefore, job => job.Status == JobStatus.Generating ? null : job.NotBefore),
                cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        if (written == 0)
        {
            return status.Value.IsActive() ? JobCommandResult.Success : JobCommandResult.Refused("This job has already ended.");
        }

        updates.Publish(new JobChanged(jobId, ownerId));
        await schedule.StartAsync(jobId, CancellationToken.None);
        return JobCommandResult.Success;
    }
}
