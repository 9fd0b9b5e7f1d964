using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;

namespace VideoGen.Web.Jobs;

/// <summary>The settings of an earlier job, to begin a new one with.</summary>
internal sealed class JobSettingsQuery(IDbContextFactory<AppDbContext> contexts)
{
    /// <returns><see langword="null"/> when the person has no such job.</returns>
    public async Task<GenerationRequest?> RunAsync(Guid ownerId, Guid jobId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(entry => entry.OwnerId == ownerId && entry.Id == jobId, cancellationToken);
        return job is null
            ? null
            : new GenerationRequest
            {
                ProviderId = job.ProviderId,
                ModelId = job.ModelId,
                Prompt = job.Prompt,
                OriginalPrompt = job.OriginalPrompt,
                Size = job.Size,
                Duration = job.Duration,
                FrameRate = job.FrameRate,
                Seed = job.Seed,
                ReferenceImageKey = job.ReferenceImageKey,
                RemixOf = job.RemixOfJobId,
            };
    }
}
