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
        await gate.RunAloneAsync(
            () => db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken), cancellationToken);
    }
}
