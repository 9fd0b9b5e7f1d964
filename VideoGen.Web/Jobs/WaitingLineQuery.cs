using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Jobs;

/// <summary>
/// Where each waiting job of some providers stands, by the rules of <see cref="FairQueue"/> over everybody's jobs.
/// Says nothing of the others but how many are ahead.
/// </summary>
internal sealed class WaitingLineQuery(IDbContextFactory<AppDbContext> contexts, VideoProviders providers, TimeProvider clock)
{
    public async Task<IReadOnlyDictionary<Guid, QueuePlace>> RunAsync(IReadOnlyList<string> providerIds, CancellationToken cancellationToken)
    {
        var places = new Dictionary<Guid, QueuePlace>();
        if (providerIds.Count == 0)
        {
            return places;
        }

        // Who is held back or about to leave does not stand in line; see the engine's own choice of whom to submit next.
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Jobs
            .AsNoTracking()
            .Where(job => job.Status == JobStatus.Queued && providerIds.Contains(job.ProviderId))
            .Where(job => job.CancelRequestedAt == null && (job.NotBefore == null || job.NotBefore <= now))
            .Select(job => new { job.ProviderId, Job = new WaitingJob(job.Id, job.OwnerId, job.QueuedAt) })
            .ToListAsync(cancellationToken);
        var running = await db.Jobs
            .AsNoTracking()
            .Where(job => job.Status == JobStatus.Submitting || job.Status == JobStatus.Generating)
            .Where(job => providerIds.Contains(job.ProviderId))
            .GroupBy(job => new { job.ProviderId, job.OwnerId })
            .Select(own => new { own.Key.ProviderId, own.Key.OwnerId, Count = own.Count() })
            .ToListAsync(cancellationToken);

        foreach (var line in waiting.GroupBy(entry => entry.ProviderId, entry => entry.Job, StringComparer.Ordinal))
        {
            var there = running.Where(entry => string.Equals(entry.ProviderId, line.Key, StringComparison.Ordinal)).ToList();
            var ordered = FairQueue.Order(line, there.ToDictionary(entry => entry.OwnerId, entry => entry.Count));
            var atOnce = providers.Find(line.Key)?.Capabilities.MaxConcurrentJobs;
            var room = (atOnce ?? 0) - there.Sum(entry => entry.Count);
            for (var index = 0; index < ordered.Count; index++)
            {
                places[ordered[index].JobId] = new QueuePlace(index + 1, atOnce, index < room);
            }
        }

        return places;
    }
}
