using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;

namespace VideoGen.Web.Engine;

/// <summary>
/// Finds out what became of a submission whose answer was lost. Submits nothing: it adopts the job that it finds, or
/// returns the job to the queue where the provider is certain to have none.
/// </summary>
internal sealed class ConfirmStep(ProviderRequests requests, IOptions<EngineOptions> options, TimeProvider clock)
{
    // A listing may lag: only this many looks, so far apart, that show nothing mean that there is nothing.
    private const int LooksNeeded = 3;
    private const int AttemptsWithoutRest = 3;
    private static readonly TimeSpan BetweenLateLooks = TimeSpan.FromMinutes(10);

    public async Task<StepOutcome> RunAsync(JobWork work, IVideoProvider provider, CancellationToken cancellationToken)
    {
        var job = work.Job;
        if (job.Status is JobStatus.Submitting)
        {
            // Whoever was sending is gone, and took the answer along.
            job.LoseAnswer("The server stopped while sending. The provider may or may not have started it.", clock.GetUtcNow());
            CrashPoint.Reach(CrashPoint.AnswerLost);
            await work.CommitAsync(cancellationToken);
        }

        var attempt = job.Attempts.Single(sent => sent.Number == job.AttemptCount);
        if (attempt.ProviderJobId is { } known)
        {
            job.Accept(known, "The answer of the provider was found again", clock.GetUtcNow());
            return StepOutcome.Accepted;
        }

        try
        {
            return await LookAsync(job, attempt, provider, cancellationToken);
        }
        catch (VideoProviderException ex) when (ex.IsUnasked)
        {
            job.AwaitProvider(clock.GetUtcNow() + BackOff.After(job.Setbacks, ex.RetryAfter, Random.Shared.NextDouble()));
            return StepOutcome.Later;
        }
        catch (VideoProviderException ex)
        {
            // Not having been able to look is not the same as having seen nothing.
            job.WasAsked(clock.GetUtcNow());
            job.Postpone(clock.GetUtcNow() + BackOff.After(job.Setbacks, ex.RetryAfter, Random.Shared.NextDouble()));
            return StepOutcome.Later;
        }
    }

    private async Task<StepOutcome> LookAsync(GenerationJob job, SubmissionAttempt attempt, IVideoProvider provider, CancellationToken cancellationToken)
    {
        var lookup = provider.Capabilities.SubmissionLookup;
        if (lookup is SubmissionLookup.None)
        {
            return LeaveToPerson(job);
        }

        var trace = new SubmissionTrace(
            attempt.SubmitKey, attempt.IntentAt, requests.Of(job, attempt), (id, token) => requests.IsKnownAsync(job.ProviderId, id, token));
        var found = await provider.FindSubmissionAsync(trace, cancellationToken);
        var now = clock.GetUtcNow();
        job.WasAsked(now);
        if (found is not null)
        {
            CrashPoint.Reach(CrashPoint.SubmissionFound);
            job.Accept(found, "The provider has it after all", now);
            return StepOutcome.Accepted;
        }

        CrashPoint.Reach(CrashPoint.SubmissionMissing);
        return lookup switch
        {
            SubmissionLookup.Certain => SendAgain(job, now),
            SubmissionLookup.Likely when job.CancelRequestedAt is not null => LeaveToPerson(job),
            _ => Miss(job, attempt, lookup, now),
        };
    }

    private StepOutcome Miss(GenerationJob job, SubmissionAttempt attempt, SubmissionLookup lookup, DateTimeOffset now)
    {
        var isLookedForEnough = attempt.EmptyLooks + 1 >= LooksNeeded;
        if (attempt.EmptyLookCountsFrom is { } due && due > now)
        {
            // Somebody asked for it. The listing may lag as much as it did a moment ago.
            job.LookedTooEarly(due);
        }
        else if (!isLookedForEnough)
        {
            job.LookedInVain(now + options.Value.LookAgainAfter);
        }
        else if (lookup is SubmissionLookup.Likely)
        {
            // A person decides, but the job may still turn up meanwhile.
            job.LookedInVain(now + BetweenLateLooks);
        }
        else
        {
            return SendAgain(job, now);
        }

        return StepOutcome.Later;
    }

    private StepOutcome SendAgain(GenerationJob job, DateTimeOffset now)
    {
        job.ReturnToQueue("The provider does not have it. It is sent again", now, RestBeforeAttempt(job));
        return StepOutcome.Again;
    }

    // A submission that is lost over and over has a cause that does not go away by hurrying.
    private DateTimeOffset? RestBeforeAttempt(GenerationJob job) =>
        job.AttemptCount < AttemptsWithoutRest
            ? null
            : clock.GetUtcNow() + BackOff.After(job.AttemptCount - AttemptsWithoutRest, asked: null, Random.Shared.NextDouble());

    private StepOutcome LeaveToPerson(GenerationJob job)
    {
        if (job.CancelRequestedAt is not null)
        {
            job.Cancel("Given up by you. If the provider has started it, it may still charge for it.", clock.GetUtcNow());
        }

        return StepOutcome.Ended;
    }
}
