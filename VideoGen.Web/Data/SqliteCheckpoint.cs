using Microsoft.EntityFrameworkCore;

namespace VideoGen.Web.Data;

/// <summary>Moves SQLite's write-ahead log into the database file, alone among all writers. Does nothing on PostgreSQL.</summary>
internal sealed partial class SqliteCheckpoint(
    IDbContextFactory<AppDbContext> contexts, DataFolder folder, ILogger<SqliteCheckpoint> logger, SqliteWriteGate? gate = null)
{
    // Far above what half a minute of the busiest writing leaves.
    private const long MostBytes = 64L * 1024 * 1024;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (gate is null)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);

        // Not through EF Core, for which this statement would wait at the gate that is held for it.
        await using var checkpoint = db.Database.GetDbConnection().CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await gate.RunAloneAsync(() => checkpoint.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

        if (new FileInfo(folder.DatabaseFile + "-wal") is { Exists: true, Length: > MostBytes and var bytes })
        {
            LogKeptFromEmptying(bytes / (1024 * 1024));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "SQLite's log has grown to {Megabytes} MB: a reader that does not end keeps it from being emptied")]
    private partial void LogKeptFromEmptying(long megabytes);
}
