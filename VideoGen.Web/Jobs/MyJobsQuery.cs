using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Prompts;
using VideoGen.Web.Data;

namespace VideoGen.Web.Jobs;

/// <summary>What "My jobs" shows: a person's jobs that need them, run, wait, or finished today.</summary>
internal sealed class MyJobsQuery(IDbContextFactory<AppDbContext> contexts, JobRows rows, TimeProvider clock)
{
    /// <summary>More active jobs than this are only counted.</summary>
    public const int MostRows = 50;

    private const int MostFailed = 10;
    private const int MostFinished = 6;

    // An older failure is history: the job page still has it.
    private static readonly TimeSpan FailedRecently = TimeSpan.FromDays(1);

    /// <param name="ownerId">Whose jobs.</param>
    /// <param name="today">When the person's day began.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<MyJobs> RunAsync(Guid ownerId, DateTimeOffset today, CancellationToken cancellationToken)
    {
        var failedSince = clock.GetUtcNow() - FailedRecently;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = db.Jobs.AsNoTracking().Where(job => job.OwnerId == ownerId);
        var counts = await own
            .Where(job => job.Status == JobStatus.Queued || job.Status == JobStatus.Submitting || job.Status == JobStatus.Generating || job.Status == JobStatus.Saving)
            .GroupBy(job => job.Status == JobStatus.Queued)
            .Select(group => new { Waiting = group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var active = await own
            .Where(job => job.Status == JobStatus.Queued || job.Status == JobStatus.Submitting || job.Status == JobStatus.Generating || job.Status == JobStatus.Saving)
            .OrderBy(job => job.Status == JobStatus.Queued)
            .ThenBy(job => job.QueuedAt)
            .ThenBy(job => job.Id)
            .Take(MostRows)
            .ToListAsync(cancellationToken);
        var troubled = await own
            .Where(job => job.Status == JobStatus.Unconfirmed || (job.Status == JobStatus.Failed && job.StatusChangedAt >= failedSince))
            .OrderByDescending(job => job.StatusChangedAt)
            .ThenByDescending(job => job.Id)
            .Take(MostFailed)
            .ToListAsync(cancellationToken);

        var shown = await rows.FromAsync([.. troubled, .. active], cancellationToken);
        var running = shown.Where(row => row.Status is JobStatus.Submitting or JobStatus.Generating or JobStatus.Saving).ToList();
        var waiting = shown.Where(row => row.Status is JobStatus.Queued).OrderBy(row => row.Place?.Position ?? int.MaxValue).ToList();
        return new MyJobs
        {
            NeedsYou = [.. shown.Where(row => row.Status is JobStatus.Unconfirmed or JobStatus.Failed)],
            Running = running,
            Waiting = waiting,
            RunningCount = counts.Find(count => !count.Waiting)?.Count ?? 0,
            WaitingCount = counts.Find(count => count.Waiting)?.Count ?? 0,
            Finished = await FinishedAsync(db, ownerId, today, cancellationToken),
        };
    }

    private static async Task<IReadOnlyList<FinishedVideo>> FinishedAsync(
        AppDbContext db, Guid ownerId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var videos = await db.Videos
            .AsNoTracking()
            .Where(video => video.OwnerId == ownerId && video.CreatedAt >= since)
            .OrderByDescending(video => video.CreatedAt)
            .ThenByDescending(video => video.Id)
            .Take(MostFinished)
            .Join(db.Jobs, video => video.JobId, job => job.Id, (video, job) => new { video.Id, job.Prompt, video.Duration, job.Cost, video.CreatedAt })
            .ToListAsync(cancellationToken);
        return
        [
            .. videos
                .OrderByDescending(video => video.CreatedAt)
                .ThenByDescending(video => video.Id)
                .Select(video => new FinishedVideo(video.Id, PromptText.TitleOf(video.Prompt), video.Duration, video.Cost, video.CreatedAt)),
        ];
    }
}

/// <summary>A person's jobs, sorted by what the person can do about them.</summary>
public sealed record MyJobs
{
    public required IReadOnlyList<JobRow> NeedsYou { get; init; }

    public required IReadOnlyList<JobRow> Running { get; init; }

    /// <summary>In the order in which they will start.</summary>
    public required IReadOnlyList<JobRow> Waiting { get; init; }

    /// <summary>All that run, shown or not.</summary>
    public required int RunningCount { get; init; }

    /// <summary>All that wait, shown or not.</summary>
    public required int WaitingCount { get; init; }

    public required IReadOnlyList<FinishedVideo> Finished { get; init; }

    public int HiddenCount => RunningCount + WaitingCount - Running.Count - Waiting.Count;

    public bool IsEmpty => NeedsYou.Count + Running.Count + Waiting.Count + Finished.Count == 0;
}

/// <summary>A finished video, small.</summary>
public sealed record FinishedVideo(Guid Id, string Title, TimeSpan Duration, decimal? Cost, DateTimeOffset CreatedAt);
