using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace VideoGen.Web.Data;

/// <summary>
/// Settings that SQLite forgets with each connection. synchronous=FULL: a commit survives a power cut.
/// wal_autocheckpoint=0: only <see cref="SqliteCheckpoint"/> moves the log into the file, alone (see <see cref="SqliteWriteGate"/>).
/// </summary>
internal sealed class SqliteConnectionSettings : DbConnectionInterceptor
{
    private const string Settings = "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
