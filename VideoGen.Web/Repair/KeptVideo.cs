using Microsoft.EntityFrameworkCore;
using VideoGen.Web.Data;

namespace VideoGen.Web.Repair;

/// <summary>What the scans need to know of a video in the gallery.</summary>
internal sealed record KeptVideo(
    Guid Id, Guid JobId, Guid OwnerId, string StoreKey, string PosterKey, long SizeBytes, string Sha256, TimeSpan Duration)
{
    public string Subject => Id.ToString();

    /// <summary>The next ones, by id.</summary>
    public static async Task<List<KeptVideo>> ReadAsync(
        IDbContextFactory<AppDbContext> contexts, Guid? after, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Videos
            .AsNoTracking()
            .Where(video => after == null || video.Id.CompareTo(after.Value) > 0)
            .OrderBy(video => video.Id)
            .Take(count)
            .Select(video => new KeptVideo(
                video.Id, video.JobId, video.OwnerId, video.StoreKey, video.PosterKey, video.SizeBytes, video.Sha256, video.Duration))
            .ToListAsync(cancellationToken);
    }

    public Sighting See(RepairKind kind, string sentence, bool isMended = false) => new(kind, Subject, sentence, JobId, OwnerId, isMended);
}
