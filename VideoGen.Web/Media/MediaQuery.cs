using Microsoft.EntityFrameworkCore;
using VideoGen.Web.Data;

namespace VideoGen.Web.Media;

/// <summary>Finds the stored file behind a media address, for those who may see it. To everybody else it does not exist.</summary>
internal sealed class MediaQuery(IDbContextFactory<AppDbContext> contexts)
{
    public async Task<MediaFile?> FindVideoAsync(Guid videoId, MediaReader reader, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Videos
            .Where(video => video.Id == videoId && (reader.SeesAll || video.OwnerId == reader.PersonId))
            .Join(db.Jobs, video => video.JobId, job => job.Id, (video, job) => new MediaFile(video.StoreKey, video.Sha256, video.CreatedAt, job.Prompt))
            .SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<MediaFile?> FindPosterAsync(Guid videoId, MediaReader reader, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Videos
            .Where(video => video.Id == videoId && (reader.SeesAll || video.OwnerId == reader.PersonId))
            .Select(video => new MediaFile(video.PosterKey, "poster-" + video.Sha256, video.CreatedAt, null))
            .SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<MediaFile?> FindReferenceAsync(Guid jobId, MediaReader reader, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Jobs
            .Where(job => job.Id == jobId && job.ReferenceImageKey != null && (reader.SeesAll || job.OwnerId == reader.PersonId))
            .Select(job => new MediaFile(job.ReferenceImageKey!, "reference-" + job.Id, job.CreatedAt, null))
            .SingleOrDefaultAsync(cancellationToken);
    }
}

/// <summary>Who asks for a file.</summary>
/// <param name="SeesAll">An administrator.</param>
internal readonly record struct MediaReader(Guid PersonId, bool SeesAll);

/// <summary>A stored file as an address stands for it.</summary>
/// <param name="Key">In the store.</param>
/// <param name="Tag">Changes whenever the bytes do.</param>
/// <param name="LastModified">When it was made; it never changes afterwards.</param>
/// <param name="Prompt">Names a download; <see langword="null"/> where there is none.</param>
internal sealed record MediaFile(string Key, string Tag, DateTimeOffset LastModified, string? Prompt);
