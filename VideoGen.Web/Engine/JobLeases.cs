using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;

namespace VideoGen.Web.Engine;

/// <summary>The right to work on a job: the epoch that was taken names it in every write.</summary>
internal sealed record JobLease(Guid JobId, long Epoch);

/// <summary>
/// Hands out the right to work on a job to one firing at a time, over all processes of one database. The engine's scheduler may
/// fire twice for one job (recovery, a frozen process that wakes up): whoever comes second gets nothing here, and whoever lost
/// its lease changes nothing, because its epoch is old.
/// </summary>
internal sealed class JobLeases(
    IDbContextFactory<AppDbContext> contexts, EngineNode node, IOptions<EngineOptions> options, TimeProvider clock)
{
    /// <returns><see langword="null"/> when somebody else holds the job.</returns>
    public async Task<JobLease?> TryTakeAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now + options.Value.Lease;
        var owner = node.LeaseOwner;
        DateTimeOffset? seen = now;
        DateTimeOffset? remembered = now - GenerationJob.CrashMemory;

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var taken = await db.Jobs
            .Where(job => job.Id == jobId && (job.LeaseUntil == null || job.LeaseUntil < now))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(job => job.Epoch, job => job.Epoch + 1)
                    // Whoever lets a lease run out has most likely died. A slow step of this process has not.
                    .SetProperty(job => job.Crashes, job => job.LeaseOwner == null || job.LeaseOwner == owner ? job.Crashes : job.CrashedAt > remembered ? job.Crashes + 1 : 1)
                    .SetProperty(job => job.CrashedAt, job => job.LeaseOwner == null || job.LeaseOwner == owner ? job.CrashedAt : seen)
                    .SetProperty(job => job.LeaseOwner, owner)
                    .SetProperty(job => job.LeaseUntil, until),
                cancellationToken);
        if (taken == 0)
        {
            return null;
        }

        // Still inside the transaction that took it: nobody can have moved the epoch on.
        var epoch = await db.Jobs.Where(job => job.Id == jobId).Select(job => job.Epoch).SingleAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new JobLease(jobId, epoch);
    }

    /// <summary>Prolongs a lease for a step that takes long.</summary>
    /// <returns><see langword="false"/> when it is lost.</returns>
    public async Task<bool> RenewAsync(JobLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = clock.GetUtcNow() + duration;
        return await WriteAsync(lease, node.LeaseOwner, until, cancellationToken);
    }

    /// <summary>Gives a lease back after a step that could not end in a write of its own.</summary>
    public Task ReleaseAsync(JobLease lease) => WriteAsync(lease, owner: null, until: null, CancellationToken.None);

    /// <summary>
    /// As <see cref="ReleaseAsync"/>, after a fault of ours: the job rests for a growing while before it is tried again, and is set aside
    /// when that has not helped for <see cref="EngineOptions.GiveUpAfter"/>.
    /// </summary>
    public async Task ReleaseAfterFaultAsync(JobLease lease)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (await db.Jobs.SingleOrDefaultAsync(job => job.Id == lease.JobId && job.Epoch == lease.Epoch) is { } job)
        {
            RestOrSetAside(job);
            job.ReleaseLease();
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
    }

    private void RestOrSetAside(GenerationJob job)
    {
        var now = clock.GetUtcNow();
        var since = job.Status switch
        {
            JobStatus.Queued => job.QueuedAt,
            JobStatus.Generating or JobStatus.Saving => job.StatusChangedAt,
            _ => now,
        };
        if (now - since > options.Value.GiveUpAfter)
        {
            job.Fail(new JobFailure(FailureKind.Quarantined, "Something went wrong here each time that it was worked on, so it was set aside."), now);
            return;
        }

        job.Postpone(now + BackOff.After(job.Setbacks, asked: null, Random.Shared.NextDouble()));
    }

    private async Task<bool> WriteAsync(JobLease lease, string? owner, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var written = await db.Jobs
            .Where(job => job.Id == lease.JobId && job.Epoch == lease.Epoch && job.LeaseUntil != null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(job => job.LeaseOwner, owner).SetProperty(job => job.LeaseUntil, until), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return written == 1;
    }
}
