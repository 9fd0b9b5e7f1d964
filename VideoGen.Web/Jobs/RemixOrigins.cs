using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Prompts;
using VideoGen.Web.Data;

namespace VideoGen.Web.Jobs;

/// <summary>Reads what a remix was made from.</summary>
internal static class RemixOrigins
{
    /// <summary>The caller has checked that the reader may see the job; a remix and its source have one owner.</summary>
    /// <returns><see langword="null"/> for a job that is no remix.</returns>
    public static async Task<RemixOrigin?> ReadAsync(AppDbContext db, GenerationJob job, CancellationToken cancellationToken)
    {
        if (job.RemixOfProviderJobId is null)
        {
            return null;
        }

        var source = await db.Videos
            .AsNoTracking()
            .Where(video => video.JobId == job.RemixOfJobId && video.OwnerId == job.OwnerId)
            .OrderBy(video => video.Index)
            .Select(video => new { video.Id, Prompt = db.Jobs.Where(entry => entry.Id == video.JobId).Select(entry => entry.Prompt).First() })
            .FirstOrDefaultAsync(cancellationToken);
        return source is null ? RemixOrigin.Gone : new RemixOrigin(source.Id, PromptText.TitleOf(source.Prompt));
    }
}

/// <summary>What a remix was made from.</summary>
/// <param name="VideoId">The video, or <see langword="null"/> when it is not kept any more.</param>
/// <param name="Title">Its title; empty when it is gone.</param>
public sealed record RemixOrigin(Guid? VideoId, string Title)
{
    internal static readonly RemixOrigin Gone = new(VideoId: null, "");
}
