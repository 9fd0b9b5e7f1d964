using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;

namespace VideoGen.Web.Saving;

/// <summary>
/// At start, before the engine, clears what nobody waits for out of the spool. The results of jobs that are being saved stay,
/// of those that failed but may be asked for again, and of those that are completed without all their videos: it may be the only copy.
/// </summary>
internal sealed partial class SpoolSweep(Spool spool, IDbContextFactory<AppDbContext> contexts, ILogger<SpoolSweep> logger) : IHostedLifecycleService
{
    private const int BatchSize = 500;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var removed = await RunAsync(DateTimeOffset.MaxValue, cancellationToken);
            if (removed > 0)
            {
                LogSwept(removed);
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            LogSweepFailed(ex);
        }
    }

    /// <summary>Clears what has not been written to since then.</summary>
    /// <returns>How many files were removed.</returns>
    public async Task<int> RunAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken) =>
        spool.Sweep(await WaitingJobsAsync(cancellationToken), writtenBefore);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<HashSet<Guid>> WaitingJobsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        HashSet<Guid> waiting = [];
        var kinds = GenerationJob.KindsBetween;
        foreach (var ids in spool.JobsWithResults().Chunk(BatchSize))
        {
            waiting.UnionWith(await db.Jobs
                .Where(job => ids.Contains(job.Id)
                    && (job.Status == JobStatus.Saving
                        || (job.Status == JobStatus.Failed && job.ProviderJobId != null && job.ReleasedAt == null
                            && job.ResultCount > 0 && kinds.Contains(job.FailureKind!.Value))
                        || (job.Status == JobStatus.Completed && db.Videos.Count(video => video.JobId == job.Id) < job.ResultCount)))
                .Select(job => job.Id)
                .ToListAsync(cancellationToken));
        }

        return waiting;
    }

    [LoggerMessage(LogLevel.Information, "Removed {Count} files that nobody waits for from the spool")]
    private partial void LogSwept(int count);

    [LoggerMessage(LogLevel.Warning, "The spool could not be cleared")]
    private partial void LogSweepFailed(Exception exception);
}
