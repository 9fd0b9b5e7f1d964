using Microsoft.Extensions.Logging.Abstractions;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Web.Saving;

namespace VideoGen.Tests.Saving;

[Trait("Req", "R-16")]
[Trait("Req", "R-23")]
public abstract class SpoolSweepTests(TestDatabase database) : DatabaseTests(database)
{
    private Spool Spool => new(Database.DataFolder);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var path in Directory.EnumerateFiles(Database.DataFolder.Spool))
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Sweep_KeepsTheResultsThatAreStillToBeStored()
    {
        var (database, owner) = (Database, OwnerId);
        var saving = await database.AddAsync(JobSamples.In(JobStatus.Saving, owner));
        var storeDown = JobSamples.In(JobStatus.Saving, owner);
        storeDown.Fail(new JobFailure(FailureKind.Storage, "The store is down."), TestClock.Start);
        await database.AddAsync(storeDown);
        var lost = JobSamples.In(JobStatus.Saving, owner);
        lost.Fail(new JobFailure(FailureKind.LostAtProvider, "It is gone."), TestClock.Start);
        await database.AddAsync(lost);
        var queued = await database.AddAsync(JobSamples.In(JobStatus.Queued, owner));
        var cancelled = await database.AddAsync(JobSamples.In(JobStatus.Cancelled, owner));
        var completed = await database.AddAsync(JobSamples.In(JobStatus.Completed, owner));
        await AddVideoAsync(completed);
        var interrupted = await database.AddAsync(JobSamples.In(JobStatus.Saving, owner));
        foreach (var id in new[] { saving.Id, storeDown.Id, lost.Id, queued.Id, cancelled.Id, completed.Id, Guid.NewGuid() })
        {
            Write(id, ".ready", ".json", ".jpg", ".part");
        }

        Write(interrupted.Id, ".json", ".jpg", ".part", ".jpg.part", ".json.part");
        await File.WriteAllBytesAsync(Path.Combine(database.DataFolder.Spool, "upload-1.part"), [1]);
        await File.WriteAllBytesAsync(Path.Combine(database.DataFolder.Spool, "readme.txt"), [1]);

        await SweepAsync();

        var left = Directory.EnumerateFiles(database.DataFolder.Spool).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
        string[] expected = [.. NamesOf(saving.Id), .. NamesOf(storeDown.Id), "readme.txt"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), left);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Sweep_JobFailed_KeepsItsResultWhileItMayBeAskedForAgain(FailureKind kind)
    {
        var failed = JobSamples.In(JobStatus.Saving, OwnerId);
        failed.Fail(new JobFailure(kind, "It went wrong."), TestClock.Start);
        await Database.AddAsync(failed);
        Write(failed.Id, ".ready", ".json", ".jpg");

        await SweepAsync();

        Assert.Equal(failed.MayStillBeThere, File.Exists(Spool.SlotOf(failed.Id, 0).Ready));
    }

    [Fact]
    public async Task Sweep_FailedJobWasReleasedAtItsProvider_RemovesItsResult()
    {
        var released = JobSamples.In(JobStatus.Saving, OwnerId);
        released.Fail(new JobFailure(FailureKind.Quarantined, "It went wrong."), TestClock.Start);
        released.MarkReleased(TestClock.Start);
        await Database.AddAsync(released);
        Write(released.Id, ".ready", ".json", ".jpg");

        await SweepAsync();

        Assert.Empty(Directory.EnumerateFiles(Database.DataFolder.Spool));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Req", "R-24")]
    public async Task Sweep_JobIsCompleted_KeepsItsResultUntilItsVideoIsInTheGallery(bool hasVideo)
    {
        var completed = await Database.AddAsync(JobSamples.In(JobStatus.Completed, OwnerId));
        if (hasVideo)
        {
            await AddVideoAsync(completed);
        }

        Write(completed.Id, ".ready", ".json", ".jpg");

        await SweepAsync();

        Assert.Equal(!hasVideo, File.Exists(Spool.SlotOf(completed.Id, 0).Ready));
    }

    public static TheoryData<FailureKind> Kinds() => [.. Enum.GetValues<FailureKind>()];

    private Task SweepAsync() =>
        new SpoolSweep(Spool, Database.Contexts, NullLogger<SpoolSweep>.Instance).StartingAsync(CancellationToken.None);

    private async Task AddVideoAsync(GenerationJob job)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        db.Videos.Add(JobSamples.VideoOf(job));
        await db.SaveChangesAsync();
    }

    private static string[] NamesOf(Guid jobId) => [$"{jobId:N}-0.jpg", $"{jobId:N}-0.json", $"{jobId:N}-0.ready"];

    private void Write(Guid jobId, params string[] endings)
    {
        foreach (var ending in endings)
        {
            File.WriteAllBytes(Spool.SlotOf(jobId, 0).Prefix + ending, [1]);
        }
    }
}

public sealed class SpoolSweepSqliteTests(SqliteDatabase database) : SpoolSweepTests(database), IClassFixture<SqliteDatabase>;

public sealed class SpoolSweepPostgresTests(PostgresDatabase database) : SpoolSweepTests(database), IClassFixture<PostgresDatabase>;
