using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Data;

namespace VideoGen.Web.Engine;

/// <summary>Whose turn it is at a provider that takes only so many jobs at once. Reads only.</summary>
internal sealed class ProviderQueue(TimeProvider clock)
{
    /// <summary>The waiting jobs that may be submitted now, in order; as many as the provider has room for.</summary>
    public async Task<IReadOnlyList<Guid>> NextAsync(AppDbContext db, IVideoProvider provider, CancellationToken cancellationToken)
    {
        var running = await db.Jobs
            .Where(job => job.ProviderId == provider.Id && (job.Status == JobStatus.Submitting || job.Status == JobStatus.Generating))
            .GroupBy(job => job.OwnerId)
            .Select(own => new { OwnerId = own.Key, Count = own.Count() })
            .ToDictionaryAsync(own => own.OwnerId, own => own.Count, cancellationToken);

        var room = provider.Capabilities.MaxConcurrentJobs - running.Values.Sum();
        if (room <= 0)
        {
            return [];
        }

        var now = clock.GetUtcNow();
        var waiting = await db.Jobs
            .Where(job => job.ProviderId == provider.Id && job.Status == JobStatus.Queued
                && job.CancelRequestedAt == null && (job.NotBefore == null || job.NotBefore <= now))
            .Select(job => new WaitingJob(job.Id, job.OwnerId, job.QueuedAt))
            .ToListAsync(cancellationToken);
        return [.. FairQueue.Order(waiting, running).Take(room).Select(job => job.JobId)];
    }
}
