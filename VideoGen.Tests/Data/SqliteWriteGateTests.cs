using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Tests.Jobs;
using VideoGen.Web.Data;

namespace VideoGen.Tests.Data;

[Trait("Req", "R-16")]
public sealed class SqliteWriteGateTests(SqliteDatabase database) : DatabaseTests(database), IClassFixture<SqliteDatabase>
{
    // Only reached when the gate stays shut.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private SqliteCheckpoint Checkpoint => Database.Services.GetRequiredService<SqliteCheckpoint>();

    private FileInfo WriteAheadLog => new(Database.DataFolder.DatabaseFile + "-wal");

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("wal_autocheckpoint", "0")]
    public async Task Connection_AnyOne_HasTheSettings(string pragma, string expected)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA " + pragma;

        Assert.Equal(expected, Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Connection_BusyDatabase_WaitsTenSeconds()
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();

        Assert.Equal(10, ((SqliteConnection)db.Database.GetDbConnection()).DefaultTimeout);
    }

    [Fact]
    public async Task Transaction_LeftByAnException_LetsTheNextWriterIn()
    {
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(async () =>
        {
            await using var db = await Database.Contexts.CreateDbContextAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(JobSamples.Queued(OwnerId));
            await db.SaveChangesAsync();
            throw new TimeZoneNotFoundException();
        });

        await Database.AddAsync(JobSamples.Queued(OwnerId)).WaitAsync(Patience);

        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Save_RefusedByTheDatabase_LetsTheNextWriterIn()
    {
        await Assert.ThrowsAsync<DbUpdateException>(() => Database.AddAsync(JobSamples.Queued(Guid.NewGuid())));

        await Database.AddAsync(JobSamples.Queued(OwnerId)).WaitAsync(Patience);
    }

    // A connection that stays open tells of no end, which would let the next one in as well.
    [Fact]
    public async Task LoneStatement_RefusedByTheDatabase_LetsTheNextWriterIn()
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await Assert.ThrowsAsync<SqliteException>(() => db.Database.ExecuteSqlAsync($"UPDATE nothing SET x = 1"));

        await Database.AddAsync(JobSamples.Queued(OwnerId)).WaitAsync(Patience);
    }

    [Fact]
    public async Task StatementInATransaction_RefusedByTheDatabase_KeepsTheOthersOut()
    {
        await using var first = await Database.Contexts.CreateDbContextAsync();
        await using var transaction = await first.Database.BeginTransactionAsync();
        await Assert.ThrowsAsync<SqliteException>(() => first.Database.ExecuteSqlAsync($"UPDATE nothing SET x = 1"));

        var second = Database.AddAsync(JobSamples.Queued(OwnerId));
        var early = second.IsCompleted;
        await transaction.RollbackAsync();

        Assert.False(early);
        await second.WaitAsync(Patience);
    }

    // A task that has not ended when its method returns is waiting: SQLite itself never waits asynchronously.
    [Theory]
    [InlineData("transaction")]
    [InlineData("single row")]
    [InlineData("lone statement")]
    [InlineData("checkpoint")]
    public async Task Writer_WhileAnotherWrites_WaitsForItsEnd(string kind)
    {
        await using var first = await Database.Contexts.CreateDbContextAsync();
        await using var transaction = await first.Database.BeginTransactionAsync();
        await using var second = await Database.Contexts.CreateDbContextAsync();

        Task waiting = kind switch
        {
            "transaction" => second.Database.BeginTransactionAsync(),
            "single row" => Database.AddPersonAsync(),
            "lone statement" => second.Jobs.ExecuteDeleteAsync(),
            _ => Checkpoint.RunAsync(CancellationToken.None),
        };
        var early = waiting.IsCompleted;
        await transaction.CommitAsync();

        Assert.False(early);
        await waiting.WaitAsync(Patience);
    }

    [Fact]
    public async Task Transactions_ThirtyTwoReadingBeforeTheyWrite_AllCount()
    {
        var job = await Database.AddAsync(JobSamples.Queued(OwnerId));

        await Parallel.ForAsync(0, 32, async (_, cancellationToken) =>
        {
            await using var db = await Database.Contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var row = await db.Jobs.SingleAsync(row => row.Id == job.Id, cancellationToken);
            row.Postpone(TestClock.Start);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });

        Assert.Equal(32, (await Database.ReadAsync(job.Id)).Setbacks);
    }

    [Fact]
    public async Task RunAsync_AfterManyWrites_EmptiesTheLog()
    {
        for (var written = 0; written < 20; written++)
        {
            await Database.AddAsync(JobSamples.Queued(OwnerId));
        }

        var before = WriteAheadLog.Length;
        await Checkpoint.RunAsync(CancellationToken.None);

        Assert.NotEqual(0, before);
        Assert.Equal(0, WriteAheadLog.Length);
        Assert.Equal(20, await CountAsync());
    }

    [Fact]
    public async Task RunAsync_ReaderKeepsTheLog_SaysSoAndEmptiesItOnceTheReaderIsGone()
    {
        var log = new RecordedLog<SqliteCheckpoint>();
        var checkpoint = new SqliteCheckpoint(
            Database.Contexts, Database.DataFolder, log, Database.Services.GetRequiredService<SqliteWriteGate>());
        await using (var reader = new SqliteConnection($"Data Source={Database.DataFolder.DatabaseFile}"))
        {
            await reader.OpenAsync();
            await using var reading = reader.BeginTransaction(deferred: true);
            await using var look = reader.CreateCommand();
            look.CommandText = "SELECT count(*) FROM Jobs";
            await look.ExecuteScalarAsync();
            await using (var db = await Database.Contexts.CreateDbContextAsync())
            {
                await db.Database.ExecuteSqlRawAsync("CREATE TABLE Ballast (Bytes BLOB)");
                for (var written = 0; written < 65; written++)
                {
                    await db.Database.ExecuteSqlRawAsync("INSERT INTO Ballast VALUES (randomblob(1048576))");
                }
            }

            await checkpoint.RunAsync(CancellationToken.None);
            Assert.Contains("a reader that does not end", Assert.Single(log.Lines), StringComparison.Ordinal);
        }

        await checkpoint.RunAsync(CancellationToken.None);

        Assert.Equal(0, WriteAheadLog.Length);
        Assert.Single(log.Lines);
    }

    [Fact]
    [Trait("Req", "R-70")]
    public async Task Migrate_FolderInUse_IsRefusedUntilItIsFree()
    {
        using var folder = new TestFolder();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:RootPath"] = folder.Root };
        await using var second = TestDatabase.Build(settings);
        await using (var first = TestDatabase.Build(settings))
        {
            await first.MigrateDatabaseAsync();

            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => second.MigrateDatabaseAsync());
            Assert.Contains("Data__RootPath", refused.Message, StringComparison.Ordinal);
        }

        await second.MigrateDatabaseAsync();
    }

    private async Task<int> CountAsync()
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        return await db.Jobs.CountAsync(job => job.OwnerId == OwnerId);
    }
}
