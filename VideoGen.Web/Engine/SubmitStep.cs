using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Engine;

/// <summary>
/// Sends a waiting job to its provider: the intent is committed first, then one request goes out, then its answer is
/// committed. Whatever is not certain in between makes the job Unconfirmed; nothing here ever sends twice.
/// </summary>
internal sealed partial class SubmitStep(
    VideoProviders providers,
    ProviderQueue queue,
    ProviderRequests requests,
    JobLeases leases,
    EngineNode node,
    ModelCatalogue catalogue,
    IOptions<EngineOptions> options,
    TimeProvider clock,
    ILogger<SubmitStep> logger)
{
    // The lease outlives the request, so that nobody takes the job while its answer is still on the way.
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(30);

    public async Task<StepOutcome> RunAsync(JobWork work, IVideoProvider provider, CancellationToken cancellationToken)
    {
        var job = work.Job;
        if (job.CancelRequestedAt is not null)
        {
            job.Cancel("Stopped by you before anything was sent.", clock.GetUtcNow());
            return StepOutcome.Ended;
        }

        if (providers.IsLeftAlone(provider.Id))
        {
            return StepOutcome.Later;
        }

        if (!await leases.RenewAsync(work.Lease, options.Value.SubmitTimeout + LeaseMargin, cancellationToken))
        {
            throw new LeaseLostException(job.Id);
        }

        if (await CommitIntentAsync(work, provider, cancellationToken) is not { } attempt)
        {
            return StepOutcome.Later;
        }

        CrashPoint.Reach(CrashPoint.IntentCommitted);
        if (RefuseRetired(job))
        {
            return StepOutcome.Ended;
        }

        return await SendAsync(work, provider, attempt);
    }

    // One transaction: it is still this job's turn, nobody has asked to stop it, and now it is on record that it is sent.
    private async Task<SubmissionAttempt?> CommitIntentAsync(JobWork work, IVideoProvider provider, CancellationToken cancellationToken)
    {
        await using var transaction = await work.Database.Database.BeginTransactionAsync(cancellationToken);
        await TakeProviderLockAsync(work, cancellationToken);
        await work.ReloadAsync(cancellationToken);
        var next = await queue.NextAsync(work.Database, provider, cancellationToken);
        if (work.Job.CancelRequestedAt is not null || !next.Contains(work.Job.Id))
        {
            return null;
        }

        var intent = new SubmissionIntent(ProviderRequests.HashOf(work.Job), node.Name, provider.Capabilities.Address);
        var attempt = work.Job.BeginSubmission(intent, clock.GetUtcNow());
        await work.SaveAsync(cancellationToken);
        CrashPoint.Reach(CrashPoint.IntentWritten);
        await transaction.CommitAsync(cancellationToken);
        work.Announce();
        return attempt;
    }

    // SQLite lets one writer in anyway. On PostgreSQL two nodes could otherwise both see the provider's last free place.
    private static async Task TakeProviderLockAsync(JobWork work, CancellationToken cancellationToken)
    {
        if (work.Database.Database.IsNpgsql())
        {
            await work.Database.Database.ExecuteSqlAsync(
                $"SELECT pg_advisory_xact_lock(hashtextextended({work.Job.ProviderId}, 0))", cancellationToken);
        }
    }

    private bool RefuseRetired(GenerationJob job)
    {
        var now = clock.GetUtcNow();
        var model = catalogue.Find(job.ProviderId, job.ModelId);
        if (model is not null && !model.Lifecycle.IsRetired(DateOnly.FromDateTime(now.UtcDateTime)))
        {
            return false;
        }

        job.Fail(new JobFailure(FailureKind.RetiredModel, $"{model?.Name ?? job.ModelId} is no longer available. Nothing was sent."), now);
        return true;
    }

    // Not cancelled by a stopping server: to break off a request in flight is to lose its answer.
    private async Task<StepOutcome> SendAsync(JobWork work, IVideoProvider provider, SubmissionAttempt attempt)
    {
        var job = work.Job;
        using var timeout = new CancellationTokenSource(options.Value.SubmitTimeout, clock);
        string providerJobId;
        try
        {
            providerJobId = await provider.SubmitAsync(requests.Of(job, attempt), timeout.Token);
        }
        catch (VideoProviderException ex) when (ex.IsTransient || IsAccountTrouble(ex.Kind))
        {
            return ReturnToQueue(job, ex);
        }
        catch (VideoProviderException ex)
        {
            job.Fail(FailureTexts.Of(job, ex), clock.GetUtcNow());
            return StepOutcome.Ended;
        }
        catch (Exception ex)
        {
            LogAnswerLost(ex, job.Id, provider.Id);
            job.LoseAnswer("The connection broke while sending. The provider may or may not have started it.", clock.GetUtcNow());
            return StepOutcome.Again;
        }

        CrashPoint.Reach(CrashPoint.Answered);
        try
        {
            return await TakeAnswerAsync(work, attempt, providerJobId);
        }
        catch (Exception ex) when (ex is not LeaseLostException)
        {
            // Paid for, and nowhere else to be found where the provider does not list its jobs.
            LogAnswerNotWritten(ex, job.Id, provider.Id, providerJobId);
            await requests.RememberAnswerAsync(attempt.SubmitKey, providerJobId);
            throw;
        }
    }

    private async Task<StepOutcome> TakeAnswerAsync(JobWork work, SubmissionAttempt attempt, string providerJobId)
    {
        var job = work.Job;
        if (await requests.IsKnownAsync(job.ProviderId, providerJobId, CancellationToken.None))
        {
            LogDuplicateAnswer(job.Id, job.ProviderId);
            job.LoseAnswer("The provider answered with the id of another job. It may or may not have started this one.", clock.GetUtcNow());
            return StepOutcome.Again;
        }

        await CommitAnswerAsync(work, attempt, providerJobId);
        return StepOutcome.Accepted;
    }

    // Nothing is wrong with the job, and nothing was made: it can be sent when somebody has seen to the account.
    private static bool IsAccountTrouble(FailureKind kind) => kind is FailureKind.Credentials or FailureKind.Quota;

    private StepOutcome ReturnToQueue(GenerationJob job, VideoProviderException ex)
    {
        var now = clock.GetUtcNow();
        if (now - job.QueuedAt > options.Value.GiveUpAfter)
        {
            job.Fail(FailureTexts.Of(job, ex), now);
            return StepOutcome.Ended;
        }

        job.ReturnToQueue(ex.Message, now, now + BackOff.After(job.Setbacks, ex.RetryAfter, Random.Shared.NextDouble()));
        return StepOutcome.Later;
    }

    private async Task CommitAnswerAsync(JobWork work, SubmissionAttempt attempt, string providerJobId)
    {
        try
        {
            work.Job.Accept(providerJobId, "The provider has accepted it", clock.GetUtcNow());
            await work.CommitAsync(CancellationToken.None);
            CrashPoint.Reach(CrashPoint.AnswerCommitted);
        }
        catch (LeaseLostException)
        {
            // The job is not ours to move any more, but the id was paid for: whoever confirms the job finds it here.
            await requests.RememberAnswerAsync(attempt.SubmitKey, providerJobId);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{ProviderId} answered the submission of job {JobId} with the id of another job")]
    private partial void LogDuplicateAnswer(Guid jobId, string providerId);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Job {JobId} was accepted by {ProviderId} as {ProviderJobId}, which could not be written down; the job will be unconfirmed")]
    private partial void LogAnswerNotWritten(Exception exception, Guid jobId, string providerId, string providerJobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer to the submission of job {JobId} to {ProviderId} is lost")]
    private partial void LogAnswerLost(Exception exception, Guid jobId, string providerId);
}
