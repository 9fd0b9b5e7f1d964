using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;

namespace VideoGen.Web.Engine;

/// <summary>Asks a provider how a job is, and moves the job accordingly.</summary>
internal sealed class CheckStep(
    ModelCatalogue catalogue, ReleaseResults releases, IOptions<EngineOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan DefaultStuckAfter = TimeSpan.FromMinutes(15);

    /// <summary>So often in a row a provider has to say that it knows no such job before that is believed, because it is paid for.</summary>
    public const int LooksUntilLost = 3;

    private static readonly TimeSpan BetweenLooksForLost = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DefaultExpiry = TimeSpan.FromHours(24);

    /// <summary>Whether one more answer at this instant that the provider knows no such job is believed.</summary>
    public static bool IsUnknownBelieved(GenerationJob job, DateTimeOffset now) =>
        job.UnknownLooks + 1 >= LooksUntilLost && !(job.UnknownCountsFrom > now);

    public async Task<StepOutcome> RunAsync(JobWork work, IVideoProvider provider, CancellationToken cancellationToken)
    {
        var job = work.Job;
        var id = job.ProviderJobId ?? throw new InvalidOperationException($"Job {job.Id} generates without a provider job.");
        try
        {
            if (job.CancelRequestedAt is not null)
            {
                return await CancelAsync(job, id, provider, cancellationToken);
            }

            return await TakeAsync(job, provider, await AskAsync(job, id, provider, cancellationToken), cancellationToken);
        }
        catch (VideoProviderException ex) when (ex.IsTransient)
        {
            return Postpone(job, ex);
        }
        catch (VideoProviderException ex) when (ex.Kind is FailureKind.LostAtProvider && !IsUnknownBelieved(job, clock.GetUtcNow()))
        {
            return Doubt(job);
        }
        catch (VideoProviderException ex)
        {
            job.Fail(FailureTexts.Of(job, ex), clock.GetUtcNow());
            return StepOutcome.Ended;
        }
    }

    private async Task<ProviderJob> AskAsync(GenerationJob job, string id, IVideoProvider provider, CancellationToken cancellationToken)
    {
        try
        {
            return await provider.CheckAsync(id, cancellationToken);
        }
        finally
        {
            job.WasAsked(clock.GetUtcNow());
        }
    }

    // A copy of the provider's that lags behind says so too, above all of a job that it has just accepted.
    private StepOutcome Doubt(GenerationJob job)
    {
        var now = clock.GetUtcNow();
        if (job.UnknownCountsFrom is { } due && due > now)
        {
            job.LookedTooEarly(due);
        }
        else
        {
            job.WasUnknown(now + BetweenLooksForLost);
        }

        return StepOutcome.Later;
    }

    private async Task<StepOutcome> CancelAsync(GenerationJob job, string id, IVideoProvider provider, CancellationToken cancellationToken)
    {
        var reason = "Stopped by you.";
        if (provider.Capabilities.CanCancel)
        {
            await provider.CancelAsync(id, cancellationToken);
        }
        else
        {
            reason = "Stopped by you. The provider cannot stop it; what it makes is not fetched.";
        }

        CrashPoint.Reach(CrashPoint.StoppedAtProvider);
        job.Cancel(reason, clock.GetUtcNow());
        return StepOutcome.Ended;
    }

    private async Task<StepOutcome> TakeAsync(GenerationJob job, IVideoProvider provider, ProviderJob answer, CancellationToken cancellationToken)
    {
        CrashPoint.Reach(CrashPoint.Checked);
        var now = clock.GetUtcNow();
        switch (answer.State)
        {
            case ProviderJobState.Finished:
                job.FinishGenerating(answer.RawStatus, answer.ResultCount, now);
                return StepOutcome.Again;
            case ProviderJobState.Failed:
                job.Observe(answer.RawStatus, answer.Progress, now);
                job.Fail(FailureTexts.Of(job, answer.Failure ?? new JobFailure(FailureKind.ProviderError, "The provider could not make it.")), now);
                await releases.ReleaseAsync(job, provider, cancellationToken);
                return StepOutcome.Ended;
            case ProviderJobState.Cancelled:
                job.Observe(answer.RawStatus, answer.Progress, now);
                job.Cancel("Stopped at the provider.", now);
                return StepOutcome.Ended;
            default:
                return Watch(job, answer, now);
        }
    }

    private StepOutcome Watch(GenerationJob job, ProviderJob answer, DateTimeOffset now)
    {
        var model = catalogue.Find(job.ProviderId, job.ModelId);
        var limit = model?.StuckAfter ?? DefaultStuckAfter;
        if (now - (job.LastCheckedAt ?? job.GeneratingAt ?? now) > limit)
        {
            // Nobody could look for all that time, which says nothing about the job: it is watched anew.
            job.RegainSight(now);
        }

        job.Observe(answer.RawStatus, answer.Progress, now);
        var reason = now - job.LastProgressAt > limit ? $"No sign of life for {Text(limit)}."
            : IsTooOld(job, now) ? $"Not finished after {Text(options.Value.GiveUpAfter)}."
            : null;
        if (reason is null)
        {
            return StepOutcome.Later;
        }

        job.Fail(
            new JobFailure(FailureKind.TimedOut, reason),
            now,
            lateChecksUntil: (job.GeneratingAt ?? now) + (model?.ResultExpiresAfter ?? DefaultExpiry));
        return StepOutcome.Ended;
    }

    // Changing words alone could keep a job alive for ever.
    private bool IsTooOld(GenerationJob job, DateTimeOffset now) => now - job.StatusChangedAt > options.Value.GiveUpAfter;

    private static string Text(TimeSpan limit) => limit.TotalHours >= 2 ? $"{limit.TotalHours:0} h" : $"{limit.TotalMinutes:0} min";

    private StepOutcome Postpone(GenerationJob job, VideoProviderException ex)
    {
        var now = clock.GetUtcNow();
        if (IsTooOld(job, now))
        {
            job.Fail(FailureTexts.Of(job, ex), now);
            return StepOutcome.Ended;
        }

        if (job.Setbacks == 0)
        {
            job.Remark(ex.Message, now, JobActor.Poller);
        }

        var again = now + BackOff.After(job.Setbacks, ex.RetryAfter, Random.Shared.NextDouble());
        if (ex.IsUnasked)
        {
            job.AwaitProvider(again);
        }
        else
        {
            job.Postpone(again);
        }

        return StepOutcome.Later;
    }
}
