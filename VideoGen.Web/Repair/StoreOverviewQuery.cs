using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VideoGen.Web.Data;
using VideoGen.Web.Storage;
using VideoGen.Web.Storage.S3;
using VideoGen.Web.Storage.Supabase;

namespace VideoGen.Web.Repair;

/// <summary>Where videos are kept and what the repair says about them, for administrators.</summary>
internal sealed class StoreOverviewQuery(
    IDbContextFactory<AppDbContext> contexts,
    IOptions<StorageOptions> storage,
    IOptions<SupabaseOptions> supabase,
    IOptions<S3Options> s3,
    DataFolder folder,
    TimeProvider clock)
{
    public const int MostFindings = 200;

    /// <summary>How far back mended findings are shown.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    public async Task<StoreOverview> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = now - Lately;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var turn = await db.RepairTurns.AsNoTracking().SingleAsync(cancellationToken);
        var scans = await db.RepairScans.AsNoTracking().ToListAsync(cancellationToken);
        var counts = await db.RepairFindings
            .Where(finding => finding.ClosedAt == null)
            .GroupBy(finding => finding.Kind)
            .Select(group => new { Kind = group.Key, Count = group.Count() })
            .ToDictionaryAsync(entry => entry.Kind, entry => entry.Count, cancellationToken);
        var open = await db.RepairFindings
            .Where(finding => finding.ClosedAt == null)
            .OrderBy(finding => finding.FirstSeenAt)
            .ThenBy(finding => finding.Id)
            .Take(MostFindings)
            .GroupJoin(db.Users, finding => finding.OwnerId, person => person.Id, (finding, people) => new { finding, people })
            .SelectMany(entry => entry.people.DefaultIfEmpty(), (entry, person) => new FindingRow(
                entry.finding.Id, entry.finding.Kind, entry.finding.Subject, entry.finding.Sentence, entry.finding.JobId, person!.DisplayName, entry.finding.FirstSeenAt))
            .ToListAsync(cancellationToken);
        return new StoreOverview(
            storage.Value.Kind,
            Place,
            await db.Videos.CountAsync(cancellationToken),
            await db.Videos.SumAsync(video => video.SizeBytes, cancellationToken),
            turn.IsTaken(now),
            turn.StartedAt,
            turn.EndedAt,
            [.. scans.OrderBy(scan => scan.Scan)],
            counts,
            open,
            await db.RepairFindings.CountAsync(finding => finding.MendedAt > since, cancellationToken));
    }

    private string Place => storage.Value.Kind switch
    {
        StoreKind.Local => folder.Videos,
        StoreKind.Supabase => supabase.Value.Bucket,
        StoreKind.S3 => s3.Value.Bucket,
    };
}

/// <param name="Kind">Which store.</param>
/// <param name="Place">The folder or the bucket.</param>
/// <param name="Videos">How many are in the gallery, over everybody.</param>
/// <param name="Bytes">How long they are together, as their rows say.</param>
/// <param name="IsRunning">Whether a pass runs now.</param>
/// <param name="StartedAt">When the last pass began; <see langword="null"/> before the first.</param>
/// <param name="EndedAt">When it ended; <see langword="null"/> while it runs, or when it was killed.</param>
/// <param name="Scans">How far each scan has come; empty before the first pass.</param>
/// <param name="Open">How many findings are open, by kind.</param>
/// <param name="Findings">The open ones, oldest first, at most <see cref="StoreOverviewQuery.MostFindings"/>.</param>
/// <param name="MendedLately">How many were mended in the last <see cref="StoreOverviewQuery.Lately"/>.</param>
public sealed record StoreOverview(
    StoreKind Kind,
    string Place,
    int Videos,
    long Bytes,
    bool IsRunning,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<RepairScanState> Scans,
    IReadOnlyDictionary<RepairKind, int> Open,
    IReadOnlyList<FindingRow> Findings,
    int MendedLately);

/// <summary>One open finding.</summary>
/// <param name="OwnerName"><see langword="null"/> when nobody knows whose it is.</param>
public sealed record FindingRow(
    Guid Id, RepairKind Kind, string Subject, string Sentence, Guid? JobId, string? OwnerName, DateTimeOffset FirstSeenAt);
