using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Data;

/// <summary>
/// Brings the SQLite file to the present schema, all or nothing: some migrations write a table anew in several transactions, and a start
/// that was killed in between could neither go on nor back. A copy from before stays beside the file until all is done, and the next
/// start begins from it. The data folder is ours alone meanwhile.
/// </summary>
internal static class SqliteUpgrade
{
    /// <summary>Ending of the copy. It is empty where there was no database before.</summary>
    internal const string CopyEnding = ".before-upgrade";

    public static async Task RunAsync(SqliteAppDbContext db, DataFolder folder)
    {
        var copy = folder.DatabaseFile + CopyEnding;
        if (File.Exists(copy))
        {
            GoBack(folder.DatabaseFile, copy);
        }

        if (!File.Exists(folder.DatabaseFile))
        {
            await File.WriteAllBytesAsync(copy, []);
            DurableFile.FlushFolder(folder.Root);
        }
        else if ((await db.Database.GetPendingMigrationsAsync()).Any())
        {
            Keep(folder.DatabaseFile, copy);
        }

        await db.Database.MigrateAsync();

        // EF Core says so only when it has made the file.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL");
        File.Delete(copy);
    }

    // A copy of nothing means that there was nothing: what is there now is half made, and holds no data yet.
    private static void GoBack(string file, string copy)
    {
        SqliteConnection.ClearAllPools();
        foreach (var ending in new[] { "-wal", "-shm", "" })
        {
            File.Delete(file + ending);
        }

        if (new FileInfo(copy).Length > 0)
        {
            File.Copy(copy, file);
            DurableFile.Flush(file);
        }

        DurableFile.FlushFolder(Path.GetDirectoryName(file)!);
    }

    private static void Keep(string file, string copy)
    {
        var part = copy + ".part";
        File.Delete(part);
        using (var source = new SqliteConnection($"Data Source={file};Pooling=False"))
        using (var target = new SqliteConnection($"Data Source={part};Pooling=False"))
        {
            source.Open();
            target.Open();
            source.BackupDatabase(target);
        }

        DurableFile.Flush(part);
        DurableFile.Publish(part, copy);
    }
}
