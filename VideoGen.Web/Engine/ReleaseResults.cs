using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Data;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Engine;

/// <summary>
/// Tells providers that they may drop what they keep of a job that is stored here, was stopped or failed there. Only housekeeping:
/// a failure is logged and made good by the next sweep.
/// </summary>
internal sealed partial class ReleaseResults(
    IDbContextFactory<AppDbContext> contexts, VideoProviders providers, TimeProvider clock, ILogger<ReleaseResults> logger)
{
    private const int Batch = 100;

    /// <summary>Releases one job, whose change the caller writes.</summary>
    public async Task ReleaseAsync(GenerationJob job, IVideoProvider provider, CancellationToken cancellationToken)
    {
        if (job.ProviderJobId is { } id && await TryReleaseAsync(job.Id, provider, id, cancellationToken))
        {
            CrashPoint.Reach(CrashPoint.Released);
            job.MarkReleased(clock.GetUtcNow());
        }
    }

    /// <summary>Releases a provider job that its job has just forgotten: no sweep will find it.</summary>
    public Task ReleaseForgottenAsync(Guid jobId, IVideoProvider provider, string providerJobId, CancellationToken cancellationToken) =>
        TryReleaseAsync(jobId, provider, providerJobId, cancellationToken);

    /// <summary>Releases what an interrupted step left; at most a batch a time.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var jobs = await db.Jobs
            .Where(job => (job.Status == JobStatus.Completed || job.Status == JobStatus.Cancelled || job.FailureKind == FailureKind.ProviderError)
                && job.ProviderJobId != null && job.ReleasedAt == null && job.LeaseUntil == null)
            .OrderBy(job => job.StatusChangedAt)
            .Take(Batch)
            .ToListAsync(cancellationToken);
        foreach (var job in jobs)
        {
            if (providers.Find(job.ProviderId) is { } provider)
            {
                await ReleaseAsync(job, provider, cancellationToken);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<bool> TryReleaseAsync(Guid jobId, IVideoProvider provider, string providerJobId, CancellationToken cancellationToken)
    {
        try
        {
            await provider.ReleaseAsync(providerJobId, cancellationToken);
            return true;
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotReleased(ex, jobId, provider.Id);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ProviderId} could not be told that the result of job {JobId} is not needed any more")]
    private partial void LogNotReleased(Exception exception, Guid jobId, string providerId);
}
