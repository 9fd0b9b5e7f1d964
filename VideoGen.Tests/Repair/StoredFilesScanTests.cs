using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Web.Repair;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Repair;

public abstract class StoredFilesScanTests(TestDatabase database) : RepairTests(database)
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(30);

    [Fact]
    public async Task Repair_FileOfNoJob_IsReportedAndStays()
    {
        var studio = StartStudio();
        string[] keys = [StoreKeys.Video(OwnerId, Guid.NewGuid(), 0), StoreKeys.Poster(Guid.NewGuid(), Guid.NewGuid(), 2)];
        foreach (var key in keys)
        {
            Place(studio, key);
        }

        await RepairAsync(studio);

        Assert.Equal(keys.Select(key => (RepairKind.FileWithoutRow, key)).Order(), await OpenAsync());
        Assert.All(keys, key => Assert.True(File.Exists(PathOf(studio, key))));
    }

    [Fact]
    public async Task Repair_FileRemovedByHand_ClosesItsFinding()
    {
        var studio = StartStudio();
        var path = Place(studio, StoreKeys.Video(OwnerId, Guid.NewGuid(), 0));
        await RepairAsync(studio);

        File.Delete(path);
        Clock.Advance(TimeSpan.FromDays(1));
        await RepairAsync(studio);

        Assert.Equal(Clock.Now, Assert.Single(await FindingsAsync()).ClosedAt);
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(25, true)]
    public async Task Repair_FileOfNoJob_IsGivenADay(int hours, bool reported)
    {
        var studio = StartStudio();
        Place(studio, StoreKeys.Video(OwnerId, Guid.NewGuid(), 0), TimeSpan.FromHours(hours));

        await RepairAsync(studio);

        Assert.Equal(reported, (await FindingsAsync()).Count == 1);
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Submitting)]
    [InlineData(JobStatus.Unconfirmed)]
    [InlineData(JobStatus.Generating)]
    [InlineData(JobStatus.Saving)]
    public async Task Repair_JobIsStillActive_LeavesItsFiles(JobStatus status)
    {
        var studio = StartStudio();
        var job = await AddAsync(status);
        Clock.Advance(Long);
        Place(studio, KeyOf(job));

        await RepairAsync(studio);

        Assert.Empty(await FindingsAsync());
    }

    [Theory]
    [InlineData(JobStatus.Failed, 6, false)]
    [InlineData(JobStatus.Failed, 8, true)]
    [InlineData(JobStatus.Cancelled, 6, false)]
    [InlineData(JobStatus.Cancelled, 8, true)]
    public async Task Repair_JobEndedWithoutAVideo_ReportsItsFileAfterAWeek(JobStatus status, int days, bool reported)
    {
        var studio = StartStudio();
        var job = await AddAsync(status);
        Clock.Advance(TimeSpan.FromDays(days));
        Place(studio, KeyOf(job));

        await RepairAsync(studio);

        Assert.Equal(reported ? [(RepairKind.FileWithoutRow, KeyOf(job))] : [], await OpenAsync());
    }

    [Fact]
    public async Task Repair_FileThatItsCompletedJobCannotHave_IsReported()
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        Clock.Advance(Long);
        string[] keys = [StoreKeys.Video(video.OwnerId, video.JobId, 1), StoreKeys.Video(Guid.NewGuid(), video.JobId, 0)];
        foreach (var key in keys)
        {
            Place(studio, key);
        }

        await RepairAsync(studio);

        Assert.Equal(keys.Select(key => (RepairKind.FileWithoutRow, key)).Order(), await OpenAsync());
    }

    [Fact]
    public async Task Repair_ReferenceImages_ReportsTheUnusedOnesAfterAWeekAndRemovesNone()
    {
        var studio = StartStudio();
        var (used, unused, young) = (ImageKey('a'), ImageKey('b'), ImageKey('c'));
        await Database.AddAsync(new GenerationJob(JobSamples.Order(OwnerId) with { ReferenceImageKey = used }, TestClock.Start));
        Place(studio, used);
        Place(studio, unused, TimeSpan.FromDays(8));
        Place(studio, young, TimeSpan.FromDays(6));

        await RepairAsync(studio);

        Assert.Equal([(RepairKind.ImageUnused, unused)], await OpenAsync());
        Assert.All(new[] { used, unused, young }, key => Assert.True(File.Exists(PathOf(studio, key))));
    }

    [Fact]
    public async Task Repair_FilesOfOthersInTheStore_AreLeftAlone()
    {
        var studio = StartStudio();
        string[] foreign = ["notes.txt", "backup/2030/dump.sql", $"{OwnerId}/{Guid.NewGuid()}/readme.txt", $"{OwnerId}/references/picture.png"];
        foreach (var key in foreign)
        {
            Place(studio, key);
        }

        await RepairAsync(studio);

        Assert.Empty(await FindingsAsync());
        Assert.All(foreign, key => Assert.True(File.Exists(PathOf(studio, key))));
    }

    [Fact]
    public async Task Repair_MoreFilesThanAPassLooksAt_GoesOnWithTheNext()
    {
        var studio = StartStudio(("Repair:Batch", "2"));
        foreach (var _ in Enumerable.Range(0, 5))
        {
            Place(studio, StoreKeys.Video(OwnerId, Guid.NewGuid(), 0));
        }

        List<int> found = [];
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await RepairAsync(studio);
            found.Add((await OpenAsync()).Count);
        }

        Assert.Equal([2, 4, 5], found);
    }

    private string ImageKey(char digit) => StoreKeys.Reference(OwnerId, new string(digit, 64), "png");
}

public sealed class StoredFilesScanSqliteTests(SqliteDatabase database) : StoredFilesScanTests(database), IClassFixture<SqliteDatabase>;

public sealed class StoredFilesScanPostgresTests(PostgresDatabase database) : StoredFilesScanTests(database), IClassFixture<PostgresDatabase>;
