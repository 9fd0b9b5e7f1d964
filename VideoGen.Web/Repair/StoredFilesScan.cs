using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>
/// Files in the store that no row tells of and nobody waits for. None is removed: a database that was brought back from a backup, or
/// belongs to another studio that shares the bucket, knows nothing of files that are somebody's only copy.
/// </summary>
internal sealed class StoredFilesScan(
    IDbContextFactory<AppDbContext> contexts, IVideoStore store, IOptions<RepairOptions> options, TimeProvider clock)
    : RepairScan(options)
{
    // Whatever is on its way into a row has arrived by then.
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    public override RepairScanName Name => RepairScanName.Store;

    public override IReadOnlyList<RepairKind> Kinds => [RepairKind.FileWithoutRow, RepairKind.ImageUnused];

    public override async Task<ScanPart> LookAsync(string? cursor, CancellationToken cancellationToken)
    {
        // All in one part: a listing that is broken off and begun again asks for the same pages twice.
        var entries = await store.ListAsync(cursor, cancellationToken).Take(Options.Batch).ToListAsync(cancellationToken);
        var known = await KnownFiles.ReadAsync(contexts, [.. entries.Select(entry => entry.Key)], cancellationToken);
        return new ScanPart(
            entries.Count < Options.Batch ? null : entries[^1].Key,
            entries.Count,
            [.. entries.Select(entry => entry.Key)],
            [.. entries.Select(entry => Look(entry, known)).OfType<Sighting>()]);
    }

    private Sighting? Look(StoredEntry entry, KnownFiles known)
    {
        var now = clock.GetUtcNow();
        if (known.IsUsed(entry.Key) || entry.WrittenAt > now - Fresh || StoreKeys.PartsOf(entry.Key) is not { } parts)
        {
            return null;
        }

        if (parts.JobId is not { } jobId)
        {
            return entry.WrittenAt > now - Options.UnusedAfter
                ? null
                : new Sighting(RepairKind.ImageUnused, entry.Key, "No job uses this reference image.", JobId: null, parts.OwnerId);
        }

        return WhyOrphan(known.FindJob(jobId), parts, now) is { } why
            ? new Sighting(RepairKind.FileWithoutRow, entry.Key, why, jobId, parts.OwnerId)
            : null;
    }

    /// <returns><see langword="null"/> when somebody may still come for it.</returns>
    private string? WhyOrphan(KnownJob? job, StoreKeyParts parts, DateTimeOffset now) => job switch
    {
        null => "This database knows no job that the file belongs to.",
        _ when job.OwnerId != parts.OwnerId => "The job that the file is named after belongs to somebody else.",

        // The scan of completed jobs sees to the videos that are its results.
        { Status: JobStatus.Completed } => parts.Index < job.ResultCount ? null : "The job that the file is named after has no such result.",
        { Status: JobStatus.Failed or JobStatus.Cancelled } when job.StatusChangedAt <= now - Options.UnusedAfter =>
            "The job that the file belongs to ended without a video, and nobody has taken it up again.",
        _ => null,
    };
}
