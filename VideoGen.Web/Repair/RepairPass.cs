using VideoGen.Web.Media;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Repair;

/// <summary>
/// One pass of the repair: every scan goes on where it was, until its budget is used up or its round is over. A scan that cannot
/// look (the store is down, a tool is missing) says so and holds up none of the others.
/// </summary>
internal sealed partial class RepairPass(
    IEnumerable<RepairScan> scans, RepairTurns turns, RepairRecords records, RepairMeter meter, RepairNews news, ILogger<RepairPass> logger)
{
    /// <returns><see langword="false"/> when another pass runs already; nothing was done.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (!await turns.TryTakeAsync(cancellationToken))
        {
            meter.Show(await records.CountOpenAsync(cancellationToken));
            news.SayEnded();
            return false;
        }

        try
        {
            foreach (var scan in scans.OrderBy(scan => scan.Name))
            {
                // Somebody else has begun meanwhile, and looks at the rest.
                if (!await turns.RenewAsync(cancellationToken))
                {
                    break;
                }

                await RunAsync(scan, cancellationToken);
            }

            meter.Show(await records.CountOpenAsync(cancellationToken));
        }
        finally
        {
            await turns.EndAsync();
            news.SayEnded();
        }

        return true;
    }

    private async Task RunAsync(RepairScan scan, CancellationToken cancellationToken)
    {
        var cursor = await records.BeginAsync(scan.Name, cancellationToken);
        try
        {
            var left = scan.Budget;
            do
            {
                var from = cursor;
                var part = await turns.HoldWhileAsync(() => scan.LookAsync(from, cancellationToken), cancellationToken);
                await records.WriteAsync(scan, part, cancellationToken);
                Tell(part);
                cursor = part.Next;
                left -= part.Cost;
            }
            while (cursor is not null && left > 0 && await turns.RenewAsync(cancellationToken));
        }
        catch (Exception ex) when (TroubleOf(ex) is { } trouble)
        {
            LogTrouble(ex, scan.Name);
            await records.WriteTroubleAsync(scan.Name, trouble, cancellationToken);
        }
    }

    private void Tell(ScanPart part)
    {
        foreach (var sighting in part.Seen)
        {
            if (sighting.IsMended)
            {
                meter.CountMended(sighting.Kind);
                LogMended(sighting.Kind, sighting.Subject);
            }
            else
            {
                LogFound(sighting.Kind, sighting.Subject);
            }
        }

        if (part.Removed > 0)
        {
            LogRemoved(part.Removed);
        }
    }

    // In our words: theirs may name what is not for every administrator.
    private static string? TroubleOf(Exception ex) => ex switch
    {
        VideoStoreException { Fault: StoreFault.Credentials } => "The store does not let us in.",
        VideoStoreException { Fault: StoreFault.Full } => "The store has no room left.",
        VideoStoreException { Fault: StoreFault.Down } => "The store cannot be reached just now.",
        VideoStoreException => "The store does not have the bucket, or refuses.",
        MediaToolException => "ffmpeg or ffprobe could not be run.",
        IOException or UnauthorizedAccessException => "A file could not be read to its end, or the data folder has no room for it.",
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The repair found {Kind}: {Subject}")]
    private partial void LogFound(RepairKind kind, string subject);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The repair mended {Kind}: {Subject}")]
    private partial void LogMended(RepairKind kind, string subject);

    [LoggerMessage(Level = LogLevel.Information, Message = "The repair removed {Count} unfinished files that nobody writes to any more")]
    private partial void LogRemoved(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The repair could not look at everything ({Scan}); it goes on there the next time")]
    private partial void LogTrouble(Exception exception, RepairScanName scan);
}
