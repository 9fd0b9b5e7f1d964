using Microsoft.Data.Sqlite;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Jobs;

namespace VideoGen.Tests.Data;

/// <summary>What is on the disk at any instant is a sound database with every commit that was acknowledged before it (F44).</summary>
[Trait("Req", "R-16")]
public sealed class SqlitePowerCutTests(SqliteDatabase database) : DatabaseTests(database), IClassFixture<SqliteDatabase>
{
    private const int Cuts = 20;

    [Fact]
    public async Task Files_CopiedWhileItIsWritten_HoldEveryAcknowledgedCommit()
    {
        using var folder = new TestFolder();
        using var stopping = new CancellationTokenSource();
        var acknowledged = 0;
        var writing = Task.Run(async () =>
        {
            while (!stopping.IsCancellationRequested)
            {
                await Database.AddAsync(JobSamples.In(JobStatus.Generating, OwnerId));
                Interlocked.Increment(ref acknowledged);
            }
        });

        for (var cut = 0; cut < Cuts; cut++)
        {
            var seen = Volatile.Read(ref acknowledged);
            await Eventually.HoldsAsync(() => Volatile.Read(ref acknowledged) > seen);
            var least = Volatile.Read(ref acknowledged);
            var copy = Copy(folder, cut);

            Assert.Equal("ok", await ScalarAsync(copy, "PRAGMA integrity_check"));
            Assert.InRange(Convert.ToInt32(await ScalarAsync(copy, "SELECT count(*) FROM Jobs"), System.Globalization.CultureInfo.InvariantCulture), least, int.MaxValue);
        }

        await stopping.CancelAsync();
        await writing;
    }

    // The index of the log (-shm) is made anew by whoever opens the file first, as after a power cut.
    private string Copy(TestFolder folder, int cut)
    {
        var copy = folder.PathOf(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{cut}.db"));
        File.Copy(Database.DataFolder.DatabaseFile, copy);
        File.Copy(Database.DataFolder.DatabaseFile + "-wal", copy + "-wal");
        return copy;
    }

    private static async Task<object?> ScalarAsync(string file, string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        return await command.ExecuteScalarAsync();
    }
}
