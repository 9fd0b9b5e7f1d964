using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Engine;

/// <summary>Runs steps and plans the next ones: for the same job, and for the job whose turn comes when a place is free.</summary>
internal sealed class JobSchedule(
    JobStep step,
    StepPlaces places,
    JobTriggers triggers,
    VideoProviders providers,
    ProviderQueue queue,
    IDbContextFactory<AppDbContext> contexts,
    IOptions<EngineOptions> options,
    TimeProvider clock)
{
    // How long the look at once may take to be sent, so that the next one is not too early after it.
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(250);

    /// <summary>One step and what follows from it.</summary>
    public async Task StepAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var outcome = await places.RunAsync(() => step.RunAsync(jobId, cancellationToken), cancellationToken);
        if (outcome is StepOutcome.Later)
        {
            return;
        }

        if (outcome is StepOutcome.Ended)
        {
            await triggers.StopAsync(jobId, cancellationToken);
        }
        else
        {
            await StartAsync(jobId, cancellationToken);
        }

        // Acceptance takes a place instead of freeing one: without this, a hundred new jobs would wake each other ten thousand times.
        if (outcome is not StepOutcome.Accepted)
        {
            await StartNextInLineAsync(jobId, cancellationToken);
        }
    }

    /// <summary>Looks at a job at once and then in the rhythm that its status and provider call for.</summary>
    public async Task StartAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var job = await db.Jobs.Where(row => row.Id == jobId).Select(row => new { row.Status, row.ProviderId }).SingleAsync(cancellationToken);
        var interval = IntervalOf(job.Status, job.ProviderId);

        // Two triggers: a firing of the repeating one is dropped while an earlier one of it runs, such as the one that calls this.
        await triggers.RepeatAsync(jobId, interval, delay: interval + FirstLook, cancellationToken);
        await triggers.RunNowAsync(jobId, cancellationToken);
    }

    /// <summary>Looks at a job when it may be asked about again, and then in its rhythm: for a person who would have it looked at now.</summary>
    public async Task StartWhenDueAsync(GenerationJob job, CancellationToken cancellationToken)
    {
        if (EarliestLookAt(job) is { } due)
        {
            var delay = due - clock.GetUtcNow() + FirstLook;
            await triggers.RepeatAsync(job.Id, IntervalOf(job.Status, job.ProviderId), delay, cancellationToken);
        }
        else
        {
            await StartAsync(job.Id, cancellationToken);
        }
    }

    /// <summary>
    /// Before when the provider must not be asked about the job again, whoever wants it; <see langword="null"/> when it may be at once.
    /// </summary>
    public DateTimeOffset? EarliestLookAt(GenerationJob job) =>
        job.Status is JobStatus.Unconfirmed or JobStatus.Generating or JobStatus.Failed
        && job.AskedAt + IntervalOf(JobStatus.Generating, job.ProviderId) is { } due
        && due > clock.GetUtcNow() ? due : null;

    /// <summary>
    /// Looks at a job once, at once, whatever else is planned for it: somebody says that there is something to see. A job that
    /// rests, or that is being worked on, is left to what is planned; whoever says so is not believed, only thanked.
    /// </summary>
    public Task CheckNowAsync(Guid jobId, CancellationToken cancellationToken) => triggers.RunNowAsync(jobId, cancellationToken);

    /// <summary>How often a job in this status at this provider is looked at.</summary>
    public TimeSpan IntervalOf(JobStatus status, string providerId) =>
        status is JobStatus.Generating && providers.Find(providerId)?.Capabilities.PollInterval is { } own ? own : options.Value.PollInterval;

    private async Task StartNextInLineAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var providerId = await db.Jobs.Where(row => row.Id == jobId).Select(row => row.ProviderId).SingleOrDefaultAsync(cancellationToken);
        if (providerId is null || providers.Find(providerId) is not { } provider)
        {
            return;
        }

        foreach (var next in await queue.NextAsync(db, provider, cancellationToken))
        {
            await triggers.RunNowAsync(next, cancellationToken);
        }
    }
}
