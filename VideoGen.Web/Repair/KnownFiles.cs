using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>What the database knows of some keys of the store.</summary>
internal sealed class KnownFiles
{
    private readonly HashSet<string> _used;
    private readonly Dictionary<Guid, KnownJob> _jobs;

    private KnownFiles(HashSet<string> used, Dictionary<Guid, KnownJob> jobs) => (_used, _jobs) = (used, jobs);

    public static async Task<KnownFiles> ReadAsync(IDbContextFactory<AppDbContext> contexts, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var jobIds = keys.Select(key => StoreKeys.PartsOf(key)?.JobId).OfType<Guid>().Distinct().ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var jobs = await db.Jobs
            .AsNoTracking()
            .Where(job => jobIds.Contains(job.Id))
            .Select(job => new KnownJob(job.Id, job.OwnerId, job.Status, job.StatusChangedAt, job.ResultCount))
            .ToDictionaryAsync(job => job.Id, cancellationToken);
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (var video in await db.Videos
            .AsNoTracking()
            .Where(video => keys.Contains(video.StoreKey) || keys.Contains(video.PosterKey))
            .Select(video => new { video.StoreKey, video.PosterKey })
            .ToListAsync(cancellationToken))
        {
            used.Add(video.StoreKey);
            used.Add(video.PosterKey);
        }

        used.UnionWith(await db.Jobs
            .AsNoTracking()
            .Where(job => job.ReferenceImageKey != null && keys.Contains(job.ReferenceImageKey))
            .Select(job => job.ReferenceImageKey!)
            .Distinct()
            .ToListAsync(cancellationToken));
        return new KnownFiles(used, jobs);
    }

    /// <summary>Whether a video has the key as its file or poster, or a job as its reference image.</summary>
    public bool IsUsed(string key) => _used.Contains(key);

    public KnownJob? FindJob(Guid jobId) => _jobs.GetValueOrDefault(jobId);
}

/// <summary>What matters of a job to its files.</summary>
internal sealed record KnownJob(Guid Id, Guid OwnerId, JobStatus Status, DateTimeOffset StatusChangedAt, int ResultCount);
