using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Web.Data;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>
/// Completed jobs that lack the row of a video. One transaction makes both, so there should be none; one that is there all the same
/// would be a paid video that nobody can see.
/// </summary>
internal sealed class CompletedJobsScan(
    IDbContextFactory<AppDbContext> contexts, LostRow lostRow, FileFaults faults, ModelCatalogue catalogue, IOptions<RepairOptions> options, TimeProvider clock)
    : RepairScan(options)
{
    private static readonly TimeSpan DefaultExpiry = TimeSpan.FromHours(24);

    public override RepairScanName Name => RepairScanName.Jobs;

    public override IReadOnlyList<RepairKind> Kinds => [RepairKind.VideoWithoutRow, RepairKind.VideoAtProvider, RepairKind.VideoLost, RepairKind.ResultUnreadable];

    public override async Task<ScanPart> LookAsync(string? cursor, CancellationToken cancellationToken)
    {
        var jobs = await ReadAsync(IdOf(cursor), cancellationToken);
        List<Sighting> seen = [];
        foreach (var job in jobs)
        {
            foreach (var index in Enumerable.Range(0, job.ResultCount).Except(job.Rows))
            {
                if (await LookAsync(job, index, cancellationToken) is { } sighting)
                {
                    seen.Add(sighting);
                }
            }
        }

        var subjects = jobs.SelectMany(job => Enumerable.Range(0, job.ResultCount).Select(index => StoreKeys.Video(job.OwnerId, job.Id, index)));
        return new ScanPart(jobs.Count < PartSize ? null : jobs[^1].Id.ToString(), jobs.Count, [.. subjects], seen);
    }

    private async Task<List<CompletedJob>> ReadAsync(Guid? after, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Jobs
            .AsNoTracking()
            .Where(job => job.Status == JobStatus.Completed && (after == null || job.Id.CompareTo(after.Value) > 0))
            .OrderBy(job => job.Id)
            .Take(PartSize)
            .Select(job => new CompletedJob(
                job.Id,
                job.OwnerId,
                job.ProviderId,
                job.ProviderJobId,
                job.ModelId,
                job.ResultCount,
                job.CompletedAt!.Value,
                job.ReleasedAt != null,
                db.Videos.Where(video => video.JobId == job.Id).Select(video => video.Index).ToList()))
            .ToListAsync(cancellationToken);
    }

    private async Task<Sighting?> LookAsync(CompletedJob job, int index, CancellationToken cancellationToken)
    {
        var lost = new LostResult(job.OwnerId, job.Id, job.ProviderJobId, index);
        try
        {
            return SightingOf(job, lost.Key, await lostRow.TryMendAsync(lost, cancellationToken));
        }
        catch (Exception ex) when (FileFaults.MayConcernOneFile(ex))
        {
            var why = await faults.ExplainAsync(ex, lost.Key, cancellationToken);
            return new Sighting(
                RepairKind.ResultUnreadable, lost.Key, $"The job is completed, but its video is not in the gallery, and its file could not be used: {why}.", job.Id, job.OwnerId);
        }
    }

    private Sighting? SightingOf(CompletedJob job, string key, LostRowResult result) => result switch
    {
        LostRowResult.Added => new Sighting(
            RepairKind.VideoWithoutRow, key, "The job was completed, but its video was not in the gallery. Its file was there, and the video was added.", job.Id, job.OwnerId, IsMended: true),
        LostRowResult.NoFile => Missing(job, key, "its file is neither in the store nor in the spool"),
        LostRowResult.NoVideo => Missing(job, key, "the file in the store is no playable video"),
        _ => null,
    };

    private Sighting Missing(CompletedJob job, string key, string why)
    {
        var expiry = catalogue.Find(job.ProviderId, job.ModelId)?.ResultExpiresAfter ?? DefaultExpiry;
        var isKept = !job.IsReleased && clock.GetUtcNow() - job.CompletedAt < expiry;
        return new Sighting(
            isKept ? RepairKind.VideoAtProvider : RepairKind.VideoLost,
            key,
            $"The job is completed, but its video is not in the gallery, and {why}. {(isKept ? "Its provider should still have it." : "Its provider’s copy has expired or was released.")}",
            job.Id,
            job.OwnerId);
    }

    private sealed record CompletedJob(
        Guid Id, Guid OwnerId, string ProviderId, string? ProviderJobId, string ModelId, int ResultCount, DateTimeOffset CompletedAt, bool IsReleased, List<int> Rows);
}
