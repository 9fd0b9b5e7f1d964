using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;
using VideoGen.Web.LiveUpdates;

namespace VideoGen.Web.Jobs;

/// <summary>
/// Sets a failed or cancelled job going again in the cheapest way that can succeed: what is downloaded is stored, what may
/// still be at the provider is looked for, and only otherwise is it sent again.
/// </summary>
internal sealed class RetryJobCommand(
    IDbContextFactory<AppDbContext> contexts, ModelCatalogue catalogue, JobSchedule schedule, JobUpdates updates, TimeProvider clock)
{
    public async Task<JobCommandResult> ExecuteAsync(Guid ownerId, Guid jobId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var job = await db.Jobs.SingleOrDefaultAsync(row => row.Id == jobId && row.OwnerId == ownerId, cancellationToken);
        if (job is null)
        {
            return JobCommandResult.Missing;
        }

        if (job.Status is not (JobStatus.Failed or JobStatus.Cancelled))
        {
            return JobCommandResult.Refused(job.Status is JobStatus.Completed ? "This job is done." : "This job is running.");
        }

        var now = clock.GetUtcNow();
        if (!SetGoing(job, now))
        {
            return JobCommandResult.Refused("This model is no longer available. Choose another one.");
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return JobCommandResult.Refused("This job has changed meanwhile. Look again.");
        }

        updates.Publish(new JobChanged(jobId, ownerId));
        await schedule.StartAsync(jobId, CancellationToken.None);
        return JobCommandResult.Success;
    }

    private bool SetGoing(GenerationJob job, DateTimeOffset now)
    {
        var person = JobActor.Person(job.OwnerId);
        if (MayStillBeThere(job))
        {
            Resume(job, now, person);
            return true;
        }

        if (catalogue.Find(job.ProviderId, job.ModelId) is not { } model || model.Lifecycle.IsRetired(DateOnly.FromDateTime(now.UtcDateTime)))
        {
            return false;
        }

        job.Retry(now, person);
        return true;
    }

    private static void Resume(GenerationJob job, DateTimeOffset now, JobActor person)
    {
        if (job.ResultCount > 0)
        {
            job.ResumeSaving("Store it again", now, person);
        }
        else
        {
            job.ResumeGenerating("Look again", now, person);
        }
    }

    // It failed on the way to the provider's answer or result, which has been paid for. What the provider itself has failed
    // was released there.
    private static bool MayStillBeThere(GenerationJob job) =>
        job is { ProviderJobId: not null, ReleasedAt: null }
        && job.FailureKind is FailureKind.TimedOut or FailureKind.Storage or FailureKind.BadMedia
            or FailureKind.ProviderDown or FailureKind.RateLimited or FailureKind.Credentials or FailureKind.Quarantined;
}
