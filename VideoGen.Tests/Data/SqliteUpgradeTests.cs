using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Web.Data;

namespace VideoGen.Tests.Data;

/// <summary>A start that was killed while it made or changed the database is made good by the next one (F11).</summary>
[Trait("Req", "R-16")]
[Trait("Req", "R-71")]
public sealed class SqliteUpgradeTests : IAsyncLifetime
{
    private const string BeforeLastOnes = "UnknownLooks";

    // Only reached when a lock that nobody holds is waited for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestFolder _folder = new();
    private WebApplication _app = null!;

    private string File => _app.Services.GetRequiredService<DataFolder>().DatabaseFile;

    private string Copy => File + SqliteUpgrade.CopyEnding;

    public ValueTask InitializeAsync()
    {
        _app = TestDatabase.Build(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:RootPath"] = _folder.Root });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Migrate_KilledWhileTheDatabaseWasMade_BeginsAnew()
    {
        await System.IO.File.WriteAllBytesAsync(Copy, []);

        // What EF Core writes before its first migration and takes away after its last one, and half of a table that it was writing anew.
        await ExecuteAsync("""
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2026-01-01 00:00:00+00:00');
            CREATE TABLE "ef_temp_Jobs" ("Id" TEXT);
            """);

        await _app.MigrateDatabaseAsync().WaitAsync(Patience);

        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM Jobs"));
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM sqlite_master WHERE name LIKE 'ef_temp%'"));
        Assert.Equal("wal", await ScalarAsync("PRAGMA journal_mode"));
        Assert.False(System.IO.File.Exists(Copy));
    }

    [Fact]
    public async Task Migrate_KilledWhileTheDatabaseWasChanged_BeginsFromWhatItWasAndLosesNothing()
    {
        await MakeOldAsync();
        await ExecuteAsync("""INSERT INTO "AspNetRoles" ("Id", "Name") VALUES ('kept', 'kept')""");
        await ExecuteAsync($"VACUUM INTO '{Copy}'");
        await ExecuteAsync("""
            CREATE TABLE "ef_temp_Jobs" ("Id" TEXT);
            CREATE TABLE "AuditEntries" ("Id" TEXT);
            DELETE FROM "AspNetRoles";
            """);

        await _app.MigrateDatabaseAsync().WaitAsync(Patience);

        Assert.Equal("kept", await ScalarAsync("""SELECT "Name" FROM "AspNetRoles" """));
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM AuditEntries"));
        Assert.Equal("ok", await ScalarAsync("PRAGMA integrity_check"));
        Assert.False(System.IO.File.Exists(Copy));
    }

    // A log that outlives its file would be played into the copy.
    [Fact]
    public async Task Migrate_KilledWithChangesInTheLog_BeginsFromWhatItWas()
    {
        await MakeOldAsync();
        await ExecuteAsync("""INSERT INTO "AspNetRoles" ("Id", "Name") VALUES ('kept', 'kept')""");
        await ExecuteAsync($"VACUUM INTO '{Copy}'");
        await DieAfterAsync("""
            PRAGMA journal_mode=WAL;
            CREATE TABLE "AuditEntries" ("Id" TEXT);
            DELETE FROM "AspNetRoles";
            """);

        await _app.MigrateDatabaseAsync().WaitAsync(Patience);

        Assert.Equal("kept", await ScalarAsync("""SELECT "Name" FROM "AspNetRoles" """));
        Assert.Equal("ok", await ScalarAsync("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Migrate_FailsHalfWay_KeepsWhatItWas()
    {
        await MakeOldAsync();

        // In the way of a table that a later migration makes.
        await ExecuteAsync("""CREATE TABLE "AuditEntries" ("Id" TEXT)""");

        await Assert.ThrowsAsync<SqliteException>(() => _app.MigrateDatabaseAsync());

        Assert.Equal(BeforeLastOnes, (await LastMigrationIn(Copy))?.Split('_')[1]);
    }

    [Fact]
    public async Task Migrate_NothingToChange_MakesNoCopy()
    {
        await _app.MigrateDatabaseAsync();
        var (file, copy) = (File, Copy);
        var made = System.IO.File.GetLastWriteTimeUtc(file);
        await using var next = TestDatabase.Build(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:RootPath"] = _folder.Root });
        await _app.DisposeAsync();

        await next.MigrateDatabaseAsync();

        Assert.False(System.IO.File.Exists(copy + ".part"));
        Assert.Equal(made, System.IO.File.GetLastWriteTimeUtc(file));
    }

    private async Task MakeOldAsync()
    {
        var options = new DbContextOptionsBuilder<SqliteAppDbContext>().UseSqlite($"Data Source={File};Pooling=False").Options;
        await using var db = new SqliteAppDbContext(options);
        await db.GetService<IMigrator>().MigrateAsync(BeforeLastOnes);
    }

    private async Task ExecuteAsync(string statements) => await RunAsync(File, statements, static command => command.ExecuteNonQueryAsync());

    // Closing it in good order would bring the log into the file.
    private async Task DieAfterAsync(string statements)
    {
        string[] left = [File, File + "-wal"];
        await RunAsync(File, statements, async command =>
        {
            await command.ExecuteNonQueryAsync();
            foreach (var file in left)
            {
                System.IO.File.Copy(file, file + ".left");
            }

            return true;
        });
        foreach (var file in left)
        {
            System.IO.File.Move(file + ".left", file, overwrite: true);
        }
    }

    private Task<object?> ScalarAsync(string statement) => RunAsync(File, statement, static command => command.ExecuteScalarAsync());

    private static async Task<string?> LastMigrationIn(string file) => (string?)await RunAsync(
        file, """SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" DESC LIMIT 1""", static command => command.ExecuteScalarAsync());

    private static async Task<T> RunAsync<T>(string file, string statements, Func<SqliteCommand, Task<T>> run)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statements;
        return await run(command);
    }
}
