using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Jobs;
using VideoGen.Web.Data;
using VideoGen.Web.Repair;

namespace VideoGen.Tests.Repair;

[Trait("Req", "R-16")]
public abstract class LeftoversScanTests(TestDatabase database) : RepairTests(database)
{
    [Theory]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public async Task Repair_UnfinishedFiles_AreRemovedAfterAnHour(int minutes, bool stay)
    {
        var studio = StartStudio();
        var saving = await AddAsync(JobStatus.Saving);
        var age = TimeSpan.FromMinutes(minutes);
        string[] paths =
        [
            Spool(studio, $"{saving.Id:N}-0.part", age),
            Spool(studio, $"upload-{Guid.NewGuid():N}.part", age),
            Spool(studio, $"repair-{Guid.NewGuid():N}.part", age),
            Place(studio, $"{OwnerId}/{saving.Id}/put-{Guid.NewGuid():N}.tmp", age),
        ];

        await RepairAsync(studio);

        Assert.All(paths, path => Assert.Equal(stay, File.Exists(path)));
    }

    [Fact]
    public async Task Repair_FinishedDownloads_StayWhileSomebodyWaitsForThem()
    {
        var studio = StartStudio();
        var (saving, completed) = (await AddAsync(JobStatus.Saving), await AddAsync(JobStatus.Cancelled));
        string[] endings = [".ready", ".json", ".jpg"];
        var wanted = endings.Select(ending => Spool(studio, $"{saving.Id:N}-0{ending}", TimeSpan.FromDays(3))).ToList();
        var unwanted = endings.Select(ending => Spool(studio, $"{completed.Id:N}-0{ending}", TimeSpan.FromDays(3))).ToList();
        var foreign = Spool(studio, "notes.txt", TimeSpan.FromDays(3));

        await RepairAsync(studio);

        Assert.All(wanted.Append(foreign), path => Assert.True(File.Exists(path)));
        Assert.All(unwanted, path => Assert.False(File.Exists(path)));
        Assert.Null((await StateAsync(RepairScanName.Leftovers)).Trouble);
    }

    [Theory]
    [InlineData(FailureKind.Quarantined, true)]
    [InlineData(FailureKind.Storage, true)]
    [InlineData(FailureKind.TimedOut, true)]
    [InlineData(FailureKind.BadMedia, true)]
    [InlineData(FailureKind.ProviderDown, true)]
    [InlineData(FailureKind.RateLimited, true)]
    [InlineData(FailureKind.Credentials, true)]
    [InlineData(FailureKind.LostAtProvider, false)]
    [InlineData(FailureKind.ProviderError, false)]
    public async Task Repair_FinishedDownloadOfAFailedJob_StaysWhileItMayBeAskedForAgain(FailureKind kind, bool stays)
    {
        var studio = StartStudio();
        var job = JobSamples.In(JobStatus.Saving, OwnerId);
        job.Fail(new JobFailure(kind, "It went wrong."), TestClock.Start);
        await Database.AddAsync(job);
        var path = Spool(studio, $"{job.Id:N}-0.ready", TimeSpan.FromDays(3));

        await RepairAsync(studio);

        Assert.Equal(stays, File.Exists(path));
    }

    private string Spool(EngineHarness studio, string name, TimeSpan age)
    {
        var path = Path.Combine(studio.Get<DataFolder>().Spool, name);
        File.WriteAllBytes(path, [1]);
        File.SetLastWriteTimeUtc(path, (Clock.Now - age).UtcDateTime);
        return path;
    }
}

public sealed class LeftoversScanSqliteTests(SqliteDatabase database) : LeftoversScanTests(database), IClassFixture<SqliteDatabase>;

public sealed class LeftoversScanPostgresTests(PostgresDatabase database) : LeftoversScanTests(database), IClassFixture<PostgresDatabase>;
