using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;

namespace VideoGen.Web.Models;

/// <summary>What uses one model, over everybody.</summary>
/// <param name="Active">Jobs that wait or run.</param>
/// <param name="Recent">Jobs of the last 30 days.</param>
/// <param name="RecentFailed">Those of them that failed.</param>
/// <param name="Kept">Videos that were made with it and are kept.</param>
public sealed record ModelUse(string ProviderId, string ModelId, int Active, int Recent, int RecentFailed, int Kept);

/// <summary>What uses the models, for administrators: one row for each model that was ever used, also one that left the catalogue.</summary>
internal sealed class ModelUsageQuery(IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    public async Task<IReadOnlyList<ModelUse>> RunAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Lately;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var jobs = await db.Jobs
            .GroupBy(job => new { job.ProviderId, job.ModelId })
            .Select(own => new
            {
                own.Key,
                Active = own.Count(job => job.Status != JobStatus.Completed && job.Status != JobStatus.Failed && job.Status != JobStatus.Cancelled),
                Recent = own.Count(job => job.CreatedAt >= since),
                RecentFailed = own.Count(job => job.CreatedAt >= since && job.Status == JobStatus.Failed),
            })
            .ToListAsync(cancellationToken);
        var videos = await db.Videos
            .Join(db.Jobs, video => video.JobId, job => job.Id, (_, job) => new { job.ProviderId, job.ModelId })
            .GroupBy(made => made)
            .Select(own => new { own.Key, Count = own.Count() })
            .ToDictionaryAsync(own => (own.Key.ProviderId, own.Key.ModelId), own => own.Count, cancellationToken);
        return
        [
            .. jobs.Select(own => new ModelUse(
                own.Key.ProviderId,
                own.Key.ModelId,
                own.Active,
                own.Recent,
                own.RecentFailed,
                videos.GetValueOrDefault((own.Key.ProviderId, own.Key.ModelId)))),
        ];
    }
}
