using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Prompts;
using VideoGen.Web.Data;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Web.Jobs;

/// <summary>Everything that the page of one job shows.</summary>
internal sealed class JobQuery(IDbContextFactory<AppDbContext> contexts, JobRows rows, RecoveryVerdicts verdicts)
{
    /// <param name="ownerId">Who asks; somebody else's job looks like a missing one.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="withProviderDetail">Whether to read the provider's raw answer; for administrators.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns><see langword="null"/> when the person has no such job.</returns>
    public async Task<JobDetails?> RunAsync(Guid ownerId, Guid jobId, bool withProviderDetail, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var job = await db.Jobs
            .AsNoTracking()
            .Include(entry => entry.Attempts)
            .SingleOrDefaultAsync(entry => entry.OwnerId == ownerId && entry.Id == jobId, cancellationToken);
        if (job is null)
        {
            return null;
        }

        var videos = await db.Videos
            .AsNoTracking()
            .Where(video => video.JobId == jobId)
            .OrderBy(video => video.Index)
            .Select(video => new { video.Id, video.Duration, video.CreatedAt })
            .ToListAsync(cancellationToken);
        return new JobDetails
        {
            Row = (await rows.FromAsync([job], cancellationToken))[0],
            Allowed = [.. Enum.GetValues<RecoveryAction>().Where(action => verdicts.Of(action, job).Permission is RecoveryPermission.Allowed)],
            OriginalPrompt = job.OriginalPrompt,
            RemixOf = await RemixOrigins.ReadAsync(db, job, cancellationToken),
            ProviderJobId = job.ProviderJobId,
            ProviderStatus = job.ProviderStatus,
            LastCheckedAt = job.LastCheckedAt,
            AttemptCount = job.AttemptCount,
            ProviderDetail = withProviderDetail ? job.FailureDetail : null,
            Videos = [.. videos.Select(video => new FinishedVideo(video.Id, PromptText.TitleOf(job.Prompt), video.Duration, job.Cost, video.CreatedAt))],
            History = await JobHistory.ReadAsync(db, jobId, cancellationToken),
        };
    }
}

/// <summary>One job with its history.</summary>
public sealed record JobDetails
{
    public required JobRow Row { get; init; }

    /// <summary>What may be done about it without insisting.</summary>
    public required IReadOnlyList<RecoveryAction> Allowed { get; init; }

    /// <summary>What the person wrote before it was refined, or <see langword="null"/>.</summary>
    public string? OriginalPrompt { get; init; }

    /// <summary>What it remakes, or <see langword="null"/> for a new video.</summary>
    public RemixOrigin? RemixOf { get; init; }

    public string? ProviderJobId { get; init; }

    /// <summary>The provider's own word, as last read.</summary>
    public string? ProviderStatus { get; init; }

    public DateTimeOffset? LastCheckedAt { get; init; }

    public int AttemptCount { get; init; }

    /// <summary>The provider's raw answer to a failure; only ever set for administrators.</summary>
    public string? ProviderDetail { get; init; }

    public required IReadOnlyList<FinishedVideo> Videos { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<HistoryEntry> History { get; init; }
}
