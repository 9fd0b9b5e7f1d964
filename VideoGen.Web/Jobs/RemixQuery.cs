using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Prompts;
using VideoGen.Web.Data;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Jobs;

/// <summary>The videos that a person can remix.</summary>
internal sealed class RemixQuery(IDbContextFactory<AppDbContext> contexts, ModelCatalogue catalogue, VideoProviders providers, TimeProvider clock)
{
    /// <returns><see langword="null"/> when the person has no such video.</returns>
    public async Task<RemixOffer?> RunAsync(Guid ownerId, Guid jobId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(entry => entry.OwnerId == ownerId && entry.Id == jobId, cancellationToken);
        var video = await db.Videos
            .AsNoTracking()
            .Where(entry => entry.OwnerId == ownerId && entry.JobId == jobId)
            .OrderBy(entry => entry.Index)
            .FirstOrDefaultAsync(cancellationToken);
        return job is null || video is null
            ? null
            : new RemixOffer
            {
                JobId = job.Id,
                VideoId = video.Id,
                Title = PromptText.TitleOf(job.Prompt),
                Size = job.Size,
                Duration = job.Duration,
                FrameRate = job.FrameRate,
                Model = ModelFor(job),
            };
    }

    /// <summary>What can remix the video of a job now, or <see langword="null"/> when nothing can.</summary>
    public VideoModel? ModelFor(GenerationJob job)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return catalogue.Find(job.ProviderId, job.ModelId) is { } model
            && !model.Lifecycle.IsRetired(today) && providers.CanRemix(model) && RemixRules.Allow(job, model)
            ? model
            : null;
    }
}

/// <summary>A video to remix, as the form shows it.</summary>
public sealed record RemixOffer
{
    public required Guid JobId { get; init; }

    public required Guid VideoId { get; init; }

    public required string Title { get; init; }

    /// <summary>As ordered, like the two after it: what the remix will have too.</summary>
    public required VideoSize Size { get; init; }

    public required TimeSpan Duration { get; init; }

    public int? FrameRate { get; init; }

    /// <summary>What remixes it, or <see langword="null"/> when nothing can.</summary>
    public VideoModel? Model { get; init; }
}
