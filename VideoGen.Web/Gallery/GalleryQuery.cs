using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Models;
using VideoGen.Domain.Prompts;
using VideoGen.Web.Data;

namespace VideoGen.Web.Gallery;

/// <summary>A person's videos, newest first, a stretch at a time. Reading on costs the same however far down it is.</summary>
internal sealed class GalleryQuery(IDbContextFactory<AppDbContext> contexts, ModelCatalogue catalogue)
{
    /// <param name="ownerId">Whose videos.</param>
    /// <param name="range">Which stretch.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<GalleryStretch> RunAsync(Guid ownerId, GalleryRange range, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = db.Videos.AsNoTracking().Where(video => video.OwnerId == ownerId);
        var count = await own.CountAsync(cancellationToken);

        if (range.OlderThan is { } older)
        {
            own = own.Where(video => video.CreatedAt < older.CreatedAt || (video.CreatedAt == older.CreatedAt && video.Id.CompareTo(older.Id) < 0));
        }

        if (range.NewerThan is { } newer)
        {
            own = own.Where(video => video.CreatedAt > newer.CreatedAt || (video.CreatedAt == newer.CreatedAt && video.Id.CompareTo(newer.Id) > 0));
        }

        // One more than asked for tells whether there is a next stretch.
        var found = await own
            .Join(db.Jobs, video => video.JobId, job => job.Id, (video, job) => new { Video = video, job.Prompt, job.ProviderId, job.ModelId })
            .OrderByDescending(entry => entry.Video.CreatedAt)
            .ThenByDescending(entry => entry.Video.Id)
            .Take(take + 1)
            .Select(entry => new
            {
                entry.Video.Id,
                entry.Prompt,
                entry.ProviderId,
                entry.ModelId,
                entry.Video.Duration,
                entry.Video.Width,
                entry.Video.Height,
                entry.Video.CreatedAt,
            })
            .ToListAsync(cancellationToken);
        return new GalleryStretch(
            [.. found.Take(take).Select(entry => new VideoCard(
                entry.Id,
                PromptText.TitleOf(entry.Prompt),
                catalogue.Find(entry.ProviderId, entry.ModelId)?.Name ?? entry.ModelId,
                entry.Duration,
                new VideoSize(entry.Width, entry.Height),
                entry.CreatedAt))],
            HasMore: found.Count > take,
            count);
    }
}

/// <summary>A place between two videos: everything is either older or newer than it.</summary>
public readonly record struct GalleryCursor(DateTimeOffset CreatedAt, Guid Id);

/// <summary>A stretch of the gallery. Without ends: from the newest on.</summary>
public readonly record struct GalleryRange(GalleryCursor? OlderThan = null, GalleryCursor? NewerThan = null);

/// <param name="Cards">Newest first.</param>
/// <param name="HasMore">Whether the range holds older ones than these.</param>
/// <param name="Count">How many videos the person has in all.</param>
public sealed record GalleryStretch(IReadOnlyList<VideoCard> Cards, bool HasMore, int Count);

/// <summary>One video in the grid.</summary>
public sealed record VideoCard(Guid Id, string Title, string ModelName, TimeSpan Duration, VideoSize Size, DateTimeOffset CreatedAt)
{
    public GalleryCursor Cursor => new(CreatedAt, Id);
}
