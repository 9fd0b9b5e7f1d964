using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;

namespace VideoGen.Web.Webhooks;

/// <summary>Has the engine look at once at a job that a provider is said to have news of. Changes nothing by itself.</summary>
internal sealed partial class LookAtOnceCommand(
    IDbContextFactory<AppDbContext> contexts, JobSchedule schedule, ILogger<LookAtOnceCommand> logger)
{
    /// <param name="providerId">Whose news it is: no provider can speak of another's jobs.</param>
    /// <param name="isMeant">The job that it is about; nothing happens when there is none, or when the provider cannot have news of it.</param>
    public async Task ExecuteAsync(string providerId, Expression<Func<GenerationJob, bool>> isMeant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var jobIds = await db.Jobs
            .Where(job => job.ProviderId == providerId
                && (job.Status == JobStatus.Submitting || job.Status == JobStatus.Unconfirmed
                    || job.Status == JobStatus.Generating || job.Status == JobStatus.Saving))
            .Where(isMeant)
            .Select(job => job.Id)
            .ToListAsync(cancellationToken);
        foreach (var jobId in jobIds)
        {
            LogNews(providerId, jobId);
            await schedule.CheckNowAsync(jobId, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{ProviderId} says that there is news of job {JobId}")]
    private partial void LogNews(string providerId, Guid jobId);
}
