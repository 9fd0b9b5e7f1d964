using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;
using VideoGen.Web.LiveUpdates;

namespace VideoGen.Web.Engine;

/// <summary>
/// One step's hold on its job: the row under the lease, and the one way to write it. Every commit is guarded by the epoch
/// and followed by a hint to the open pages.
/// </summary>
internal sealed class JobWork : IAsyncDisposable
{
    private readonly JobUpdates _updates;

    private JobWork(AppDbContext database, GenerationJob job, JobLease lease, JobUpdates updates)
    {
        Database = database;
        Job = job;
        Lease = lease;
        _updates = updates;
    }

    public AppDbContext Database { get; }

    /// <summary>Tracked, with its attempts.</summary>
    public GenerationJob Job { get; }

    public JobLease Lease { get; }

    /// <exception cref="LeaseLostException">Somebody else has taken the job meanwhile.</exception>
    public static async Task<JobWork> OpenAsync(
        IDbContextFactory<AppDbContext> contexts, JobLease lease, JobUpdates updates, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            var job = await database.Jobs
                .Include(row => row.Attempts)
                .SingleOrDefaultAsync(row => row.Id == lease.JobId && row.Epoch == lease.Epoch, cancellationToken)
                ?? throw new LeaseLostException(lease.JobId);
            return new JobWork(database, job, lease, updates);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the row again, for what a person may have asked for meanwhile.</summary>
    /// <exception cref="LeaseLostException">Somebody else has taken the job.</exception>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await Database.Entry(Job).ReloadAsync(cancellationToken);
        if (Job.Epoch != Lease.Epoch)
        {
            throw new LeaseLostException(Lease.JobId);
        }
    }

    /// <summary>Writes what was changed, in one transaction, and tells the open pages.</summary>
    /// <exception cref="LeaseLostException">Somebody else has taken the job: nothing was written.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await SaveAsync(cancellationToken);
        Announce();
    }

    /// <summary>Writes as part of a transaction of the caller, who announces after it has committed.</summary>
    /// <inheritdoc cref="CommitAsync" path="/exception"/>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException ex)
        {
            throw new LeaseLostException(Lease.JobId, ex);
        }
    }

    public void Announce() => _updates.Publish(new JobChanged(Job.Id, Job.OwnerId));

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

/// <summary>The job belongs to somebody else now: drop everything that was meant for it.</summary>
internal sealed class LeaseLostException(Guid jobId, Exception? innerException = null)
    : Exception($"The lease on job {jobId} is lost.", innerException);
