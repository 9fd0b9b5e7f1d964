using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Data;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Engine;

/// <summary>
/// Makes the scheduler's triggers match the jobs table, which is the only truth: at start, when there are none, and every
/// now and then, in case one was lost.
/// </summary>
internal sealed partial class Reconciler(
    IDbContextFactory<AppDbContext> contexts,
    JobTriggers triggers,
    JobSchedule schedule,
    VideoProviders providers,
    ReleaseResults releases,
    ILogger<Reconciler> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var planned = await triggers.PlannedAsync(cancellationToken);
        var active = await ActiveAsync(cancellationToken);

        foreach (var job in active.Where(job => !planned.Contains(job.Id)))
        {
            // Spread over one interval, so that a thousand jobs after a restart are not one wave.
            var interval = schedule.IntervalOf(job.Status, job.ProviderId);
            await triggers.RepeatAsync(job.Id, interval, interval * Random.Shared.NextDouble(), cancellationToken);
        }

        var wanted = active.Select(job => job.Id).ToHashSet();
        foreach (var jobId in planned.Where(jobId => !wanted.Contains(jobId)))
        {
            await triggers.StopAsync(jobId, cancellationToken);
        }

        await releases.SweepAsync(cancellationToken);
        LogReconciled(wanted.Count);
    }

    private async Task<List<ActiveJob>> ActiveAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var jobs = await db.Jobs
            .Where(job => job.Status != JobStatus.Completed && job.Status != JobStatus.Failed && job.Status != JobStatus.Cancelled)
            .Select(job => new ActiveJob(
                job.Id,
                job.Status,
                job.ProviderId,
                job.CancelRequestedAt != null,
                job.Attempts.Any(attempt => attempt.Number == job.AttemptCount && attempt.ProviderJobId != null)))
            .ToListAsync(cancellationToken);
        return [.. jobs.Where(job => !WaitsForPerson(job))];
    }

    private bool WaitsForPerson(ActiveJob job) =>
        job.Status is JobStatus.Unconfirmed && !job.IsStopping && !job.IsAnswered
        && providers.Find(job.ProviderId) is not { Capabilities.SubmissionLookup: not SubmissionLookup.None };

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} jobs are active")]
    private partial void LogReconciled(int count);

    // Answered: a sender that had lost the job left the provider's id behind, and only the step has yet to find it.
    private sealed record ActiveJob(Guid Id, JobStatus Status, string ProviderId, bool IsStopping, bool IsAnswered);
}
