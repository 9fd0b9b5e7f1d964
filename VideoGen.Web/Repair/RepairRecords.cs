using Microsoft.EntityFrameworkCore;
using VideoGen.Web.Data;

namespace VideoGen.Web.Repair;

/// <summary>Writes down what the scans see, and how far they have come.</summary>
internal sealed class RepairRecords(IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    /// <returns>Where the scan goes on.</returns>
    public async Task<string?> BeginAsync(RepairScanName scan, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.RepairScans.FindAsync([scan], cancellationToken) is not { } state)
        {
            state = new RepairScanState(scan);
            db.RepairScans.Add(state);
        }

        state.Begin(clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return state.Cursor;
    }

    /// <summary>Takes a part over whole or not at all. With the last of a round ends what was not seen in it any more.</summary>
    public async Task WriteAsync(RepairScan scan, ScanPart part, CancellationToken cancellationToken)
    {
        var (kinds, now) = (scan.Kinds, clock.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var state = await db.RepairScans.SingleAsync(row => row.Scan == scan.Name, cancellationToken);
        var known = await db.RepairFindings
            .Where(finding => kinds.Contains(finding.Kind) && part.Subjects.Contains(finding.Subject))
            .ToDictionaryAsync(finding => (finding.Kind, finding.Subject), cancellationToken);
        foreach (var sighting in part.Seen)
        {
            if (known.Remove((sighting.Kind, sighting.Subject), out var finding))
            {
                finding.See(sighting, now);
            }
            else
            {
                db.RepairFindings.Add(new RepairFinding(sighting, now));
            }
        }

        foreach (var finding in known.Values)
        {
            finding.Close(now);
        }

        state.Reach(part.Next, part.Subjects.Count, now);
        await db.SaveChangesAsync(cancellationToken);
        if (part.Next is null)
        {
            await CloseVanishedAsync(db, kinds, state.RoundStartedAt, now, cancellationToken);
        }
    }

    /// <summary>The scan could not go on; nothing is said about what it did not see.</summary>
    public async Task WriteTroubleAsync(RepairScanName scan, string trouble, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        (await db.RepairScans.SingleAsync(row => row.Scan == scan, cancellationToken)).Meet(trouble);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>How many findings are open, by kind.</summary>
    public async Task<IReadOnlyDictionary<RepairKind, int>> CountOpenAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.RepairFindings
            .Where(finding => finding.ClosedAt == null)
            .GroupBy(finding => finding.Kind)
            .Select(group => new { Kind = group.Key, Count = group.Count() })
            .ToDictionaryAsync(entry => entry.Kind, entry => entry.Count, cancellationToken);
    }

    // What no scan comes across any more: a video that is no longer kept, a file that somebody has removed.
    private static async Task CloseVanishedAsync(
        AppDbContext db, IReadOnlyList<RepairKind> kinds, DateTimeOffset roundStartedAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var finding in await db.RepairFindings
            .Where(finding => kinds.Contains(finding.Kind) && finding.ClosedAt == null && finding.LastSeenAt < roundStartedAt)
            .ToListAsync(cancellationToken))
        {
            finding.Close(now);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
