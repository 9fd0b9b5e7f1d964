using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Data;
using VideoGen.Web.LiveUpdates;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Engine;

/// <summary>
/// Looks now and then for the videos of jobs that timed out, until they would have expired at the provider: they may be paid for,
/// and one that turns up after all is saved. Asks only; submits nothing.
/// </summary>
internal sealed partial class LateChecks(
    IDbContextFactory<AppDbContext> contexts,
    VideoProviders providers,
    JobLeases leases,
    JobUpdates updates,
    JobSchedule schedule,
    StepPlaces places,
    Quarantine quarantine,
    TimeProvider clock,
    ILogger<LateChecks> logger)
{
    /// <summary>How often it is seen what is due.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // So many jobs a time that a provider that answers slowly does not hold up the others for long.
    private const int Batch = 20;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Looks at what is due; at most a batch.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var jobId in await DueAsync(cancellationToken))
        {
            await LookAsync(jobId, cancellationToken);
        }
    }

    private async Task<List<Guid>> DueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var failedBefore = now - ShortestWait;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Jobs
            .Where(job => job.Status == JobStatus.Failed && job.LateChecksUntil > now && job.ProviderJobId != null
                && job.StatusChangedAt <= failedBefore && (job.NotBefore == null || job.NotBefore <= now))
            .OrderBy(job => job.StatusChangedAt)
            .Select(job => job.Id)
            .Take(Batch)
            .ToListAsync(cancellationToken);
    }

    private async Task LookAsync(Guid jobId, CancellationToken cancellationToken)
    {
        if (await leases.TryTakeAsync(jobId, cancellationToken) is not { } lease)
        {
            return;
        }

        try
        {
            await using var work = await JobWork.OpenAsync(contexts, lease, updates, cancellationToken);
            await TakeAsync(work.Job, cancellationToken);
            work.Job.ReleaseLease();
            await work.CommitAsync(CancellationToken.None);
            if (work.Job.Status is JobStatus.Saving)
            {
                await schedule.StartAsync(jobId, CancellationToken.None);
            }
        }
        catch (LeaseLostException)
        {
            // Its owner has set it going meanwhile, which is better than a look.
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await leases.ReleaseAsync(lease);
            throw;
        }
        catch (Exception ex)
        {
            LogNotLooked(ex, jobId);
            await leases.ReleaseAfterFaultAsync(lease);
        }
    }

    private async Task TakeAsync(GenerationJob job, CancellationToken cancellationToken)
    {
        // The list of what is due was read before the lease was taken.
        if (job is not { Status: JobStatus.Failed, LateChecksUntil: not null, ProviderJobId: { } id })
        {
            return;
        }

        if (quarantine.IsToBeSetAside(job))
        {
            job.EndLateChecks("The server stopped several times while it looked for this job. It is not looked for any more.", clock.GetUtcNow());
            return;
        }

        try
        {
            if (providers.Find(job.ProviderId) is { } provider)
            {
                job.WasAsked(clock.GetUtcNow());
                Take(job, await places.RunAsync(() => provider.CheckAsync(id, cancellationToken), cancellationToken));
            }
            else
            {
                WaitLonger(job);
            }
        }
        catch (VideoProviderException ex) when (ex.Kind is FailureKind.LostAtProvider)
        {
            Miss(job, ex);
        }
        catch (VideoProviderException)
        {
            // Also a key that is not accepted: it may be again before the result expires.
            WaitLonger(job);
        }
    }

    // One answer may come from a copy that lags behind, and the video is paid for.
    private void Miss(GenerationJob job, VideoProviderException ex)
    {
        if (job.UnknownLooks + 1 >= CheckStep.LooksUntilLost)
        {
            job.EndLateChecks(ex.Message, clock.GetUtcNow());
            return;
        }

        job.WasUnknown(NextLook(job));
    }

    private void Take(GenerationJob job, ProviderJob answer)
    {
        var now = clock.GetUtcNow();
        switch (answer.State)
        {
            case ProviderJobState.Finished:
                job.ResumeGenerating("The provider has finished it after all", now, JobActor.Poller);
                job.FinishGenerating(answer.RawStatus, answer.ResultCount, now);
                break;
            case ProviderJobState.Failed or ProviderJobState.Cancelled:
                job.EndLateChecks(answer.Failure?.Message ?? "The provider has stopped making it.", now);
                break;
            default:
                WaitLonger(job);
                break;
        }
    }

    private void WaitLonger(GenerationJob job) => job.LookLater(NextLook(job));

    // As long again as it has been failed: twice as long each time.
    private DateTimeOffset NextLook(GenerationJob job)
    {
        var now = clock.GetUtcNow();
        var wait = now - job.StatusChangedAt;
        return now + (wait > LongestWait ? LongestWait : wait);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for the video of job {JobId}, which timed out, failed; it is tried again")]
    private partial void LogNotLooked(Exception exception, Guid jobId);
}
