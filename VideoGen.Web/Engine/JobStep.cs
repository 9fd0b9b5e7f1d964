using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;
using VideoGen.Web.LiveUpdates;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Engine;

/// <summary>
/// One step of one job: takes the job, does the one thing that its status calls for, writes it and lets go. What the
/// scheduler calls, and what a test can call with its own clock. Safe to call for any job at any time, from anywhere.
/// </summary>
internal sealed partial class JobStep(
    IDbContextFactory<AppDbContext> contexts,
    JobLeases leases,
    JobUpdates updates,
    VideoProviders providers,
    ProviderQueue queue,
    SubmitStep submit,
    ConfirmStep confirm,
    CheckStep check,
    SaveStep save,
    Quarantine quarantine,
    TimeProvider clock,
    ILogger<JobStep> logger)
{
    public async Task<StepOutcome> RunAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var look = await LookAsync(jobId, cancellationToken);
        if (look.NothingToDo is { } nothing)
        {
            return nothing;
        }

        using var leave = quarantine.TryEnter(look.Crashes);
        if (leave is null)
        {
            return StepOutcome.Later;
        }

        if (await leases.TryTakeAsync(jobId, cancellationToken) is not { } lease)
        {
            return StepOutcome.Later;
        }

        try
        {
            await using var work = await JobWork.OpenAsync(contexts, lease, updates, cancellationToken);
            var outcome = quarantine.SetAside(work.Job) ?? await ActAsync(work, cancellationToken);
            work.Job.ReleaseLease();
            await work.CommitAsync(CancellationToken.None);
            return outcome;
        }
        catch (LeaseLostException)
        {
            LogLeaseLost(jobId);
            return StepOutcome.Later;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops; the job goes on from what is written when it starts again.
            await leases.ReleaseAsync(lease);
            return StepOutcome.Later;
        }
        catch (Exception ex)
        {
            LogStepFailed(ex, jobId);
            await leases.ReleaseAfterFaultAsync(lease);
            return StepOutcome.Later;
        }
    }

    // Reads before it takes: most looks at a waiting job end here, without a write.
    private async Task<Look> LookAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var job = await db.Jobs
            .Where(row => row.Id == jobId)
            .Select(row => new { row.Status, row.ProviderId, row.NotBefore, row.Setbacks, row.CancelRequestedAt, row.LeaseUntil, row.Crashes, row.CrashedAt })
            .SingleOrDefaultAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (job is null || !job.Status.IsActive())
        {
            return new Look(StepOutcome.Ended);
        }

        if (job.LeaseUntil > now || IsResting(job.Status, job.NotBefore, job.CancelRequestedAt, now))
        {
            return new Look(StepOutcome.Later);
        }

        if (job.Status is JobStatus.Queued && job.CancelRequestedAt is null && providers.IsLeftAlone(job.ProviderId))
        {
            // Before it costs a repeat that others could use.
            return new Look(StepOutcome.Later);
        }

        var isItsTurn = job.Status != JobStatus.Queued
            || job.CancelRequestedAt is not null
            || providers.Find(job.ProviderId) is not { } provider
            || (await queue.NextAsync(db, provider, cancellationToken)).Contains(jobId);
        return isItsTurn && MayAsk(job.Status, job.ProviderId, job.Setbacks, job.CancelRequestedAt)
            ? new Look(NothingToDo: null, job.CrashedAt > now - GenerationJob.CrashMemory ? job.Crashes : 0)
            : new Look(StepOutcome.Later);
    }

    // What is saved is bounded by the places for saving. Stopping is not held up.
    private bool MayAsk(JobStatus status, string providerId, int setbacks, DateTimeOffset? cancelRequestedAt) =>
        setbacks == 0 || status is JobStatus.Saving || cancelRequestedAt is not null || providers.TrySpendRetry(providerId);

    private async Task<StepOutcome> ActAsync(JobWork work, CancellationToken cancellationToken)
    {
        var job = work.Job;
        if (IsResting(job.Status, job.NotBefore, job.CancelRequestedAt, clock.GetUtcNow()))
        {
            // Another firing was here between the look and the lease, and found that the job has to wait.
            return StepOutcome.Later;
        }

        if (providers.Find(job.ProviderId) is not { } provider)
        {
            return WithoutProvider(job);
        }

        return job.Status switch
        {
            JobStatus.Queued => await submit.RunAsync(work, provider, cancellationToken),
            JobStatus.Submitting or JobStatus.Unconfirmed => await confirm.RunAsync(work, provider, cancellationToken),
            JobStatus.Generating => await check.RunAsync(work, provider, cancellationToken),
            JobStatus.Saving => await save.RunAsync(work, provider, cancellationToken),
            JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled => StepOutcome.Ended,
        };
    }

    // What was not sent can be stopped whatever it waits for. Everything else asks the provider, which may want to be left alone.
    private static bool IsResting(JobStatus status, DateTimeOffset? notBefore, DateTimeOffset? cancelRequestedAt, DateTimeOffset now) =>
        notBefore > now && !(status is JobStatus.Queued && cancelRequestedAt is not null);

    // The provider was taken out of the configuration. The job keeps its state for when it is back, but can be stopped.
    private StepOutcome WithoutProvider(GenerationJob job)
    {
        if (job.Status is JobStatus.Submitting)
        {
            // Whoever was sending is gone, and nobody is left to ask.
            job.LoseAnswer("The server stopped while sending, and the provider is not set up here any more.", clock.GetUtcNow());
        }

        if (job.CancelRequestedAt is null || !job.Status.CanBecome(JobStatus.Cancelled))
        {
            LogNoProvider(job.Id, job.ProviderId);
            return StepOutcome.Later;
        }

        job.Cancel("Stopped by you. Its provider is not set up here any more and was not told.", clock.GetUtcNow());
        return StepOutcome.Ended;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} was taken over by somebody else; what this step did for it is dropped")]
    private partial void LogLeaseLost(Guid jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of job {JobId} failed; it is tried again")]
    private partial void LogStepFailed(Exception exception, Guid jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} waits: the provider {ProviderId} is not set up")]
    private partial void LogNoProvider(Guid jobId, string providerId);

    /// <summary>What is seen of a job before it is taken.</summary>
    private readonly record struct Look(StepOutcome? NothingToDo, int Crashes = 0);
}
