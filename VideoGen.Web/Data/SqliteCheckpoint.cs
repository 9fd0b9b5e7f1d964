using Microsoft.EntityFrameworkCore;

namespace VideoGen.Web.Data;

/// <summary>Moves SQLite's write-ahead log into the database file, alone among all writers. Does nothing on PostgreSQL.</summary>
internal sealed class SqliteCheckpoint(IDbContextFactory<AppDbContext> contexts, SqliteWriteGate? gate = null)
{
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
    }
}
