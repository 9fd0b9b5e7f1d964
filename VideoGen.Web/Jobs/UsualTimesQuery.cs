using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Progress;
using VideoGen.Web.Data;

namespace VideoGen.Web.Jobs;

/// <summary>How long jobs of one model and length usually generate, from the latest of everybody's.</summary>
internal sealed class UsualTimesQuery(IDbContextFactory<AppDbContext> contexts, ModelCatalogue catalogue, TimeProvider clock)
{
    private const int LatestJobs = 50;

    // Each live update of each open page asks; the answer moves slowly.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private static readonly UsualTime Unknown = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    private readonly ConcurrentDictionary<(string Provider, string Model, TimeSpan Duration), (UsualTime Usual, DateTimeOffset At)> _known = new();

    public async Task<UsualTime> RunAsync(string providerId, string modelId, TimeSpan duration, CancellationToken cancellationToken)
    {
        var key = (providerId, modelId, duration);
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(key, out var known) && now - known.At < Remembered)
        {
            return known.Usual;
        }

        var usual = UsualTimes.From(
            await PastAsync(providerId, modelId, duration, cancellationToken),
            catalogue.Find(providerId, modelId)?.UsualTime ?? Unknown);
        _known[key] = (usual, now);
        return usual;
    }

    private async Task<List<TimeSpan>> PastAsync(string providerId, string modelId, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var spans = await db.Jobs
            .AsNoTracking()
            .Where(job => job.ProviderId == providerId && job.ModelId == modelId && job.Duration == duration)
            .Where(job => job.Status == JobStatus.Completed && job.GeneratingAt != null && job.SavingAt != null)
            .OrderByDescending(job => job.CompletedAt)
            .Take(LatestJobs)
            .Select(job => new { Start = job.GeneratingAt!.Value, End = job.SavingAt!.Value })
            .ToListAsync(cancellationToken);
        return [.. spans.Select(span => span.End - span.Start)];
    }
}
