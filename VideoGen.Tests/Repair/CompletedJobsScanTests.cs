using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Media;
using VideoGen.Web.Repair;
using VideoGen.Web.Saving;

namespace VideoGen.Tests.Repair;

public abstract class CompletedJobsScanTests(TestDatabase database) : RepairTests(database)
{
    // The fault for which this scan exists.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Repair_CompletedWithBytesButNoGalleryRow_MendsTheRow(bool hasPoster)
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        await RemoveRowAsync(video);
        if (!hasPoster)
        {
            File.Delete(PathOf(studio, video.PosterKey));
        }

        Clock.Advance(TimeSpan.FromDays(3));
        await RepairAsync(studio);

        var mended = Assert.Single(await VideosAsync());
        Assert.Equal(
            (video.JobId, video.OwnerId, video.Index, video.StoreKey, video.PosterKey, video.SizeBytes, video.Sha256, video.Duration, video.CreatedAt),
            (mended.JobId, mended.OwnerId, mended.Index, mended.StoreKey, mended.PosterKey, mended.SizeBytes, mended.Sha256, mended.Duration, mended.CreatedAt));
        Assert.True(File.Exists(PathOf(studio, video.PosterKey)));
        var finding = Assert.Single(await FindingsAsync());
        Assert.Equal((RepairKind.VideoWithoutRow, video.StoreKey, Clock.Now, Clock.Now), (finding.Kind, finding.Subject, finding.MendedAt, finding.ClosedAt));
        var job = await ReadAsync(video.JobId);
        Assert.Contains(job.Events, entry => entry.Reason.Contains("added it to the gallery", StringComparison.Ordinal));
        Assert.Equal((JobStatus.Completed, null), (job.Status, job.LeaseUntil));
    }

    [Fact]
    public async Task Repair_Twice_MendsOnce()
    {
        var studio = StartStudio();
        await RemoveRowAsync(await AddVideoAsync(studio));

        await RepairAsync(studio);
        await RepairAsync(studio);

        var mended = Assert.Single(await VideosAsync());
        Assert.Single((await ReadAsync(mended.JobId)).Events, entry => entry.Reason.Contains("added it to the gallery", StringComparison.Ordinal));
        Assert.Single(await FindingsAsync());
    }

    [Fact]
    public async Task Repair_NeitherRowNorFile_SaysWhetherTheProviderMayHaveIt()
    {
        var studio = StartStudio();
        var job = await AddAsync(JobStatus.Completed);
        Clock.Advance(TimeSpan.FromHours(1));

        await RepairAsync(studio);
        Assert.Equal([(RepairKind.VideoAtProvider, KeyOf(job))], await OpenAsync());

        Clock.Advance(TimeSpan.FromDays(1));
        await RepairAsync(studio);
        Assert.Equal([(RepairKind.VideoLost, KeyOf(job))], await OpenAsync());
        Assert.Empty(await VideosAsync());
        Assert.Empty(studio.Provider.Submitted);
    }

    [Fact]
    public async Task Repair_ResultReleasedAtTheProvider_IsLost()
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        await RemoveRowAsync(video);
        File.Delete(PathOf(studio, video.StoreKey));

        await RepairAsync(studio);

        Assert.Equal([(RepairKind.VideoLost, video.StoreKey)], await OpenAsync());
    }

    [Fact]
    public async Task Repair_FileIsNoVideo_IsReportedAndStays()
    {
        var studio = StartStudio();
        var job = await AddAsync(JobStatus.Completed);
        var path = Place(studio, KeyOf(job));
        Clock.Advance(TimeSpan.FromDays(2));

        await RepairAsync(studio);

        Assert.Equal([(RepairKind.VideoLost, KeyOf(job))], await OpenAsync());
        Assert.True(File.Exists(path));
        Assert.Empty(await VideosAsync());
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Repair_BytesOnlyInTheSpool_StoresThemAndMendsTheRow()
    {
        var studio = StartStudio();
        var job = await AddAsync(JobStatus.Completed);
        var slot = studio.Get<Spool>().SlotOf(job.Id, 0);
        File.Copy(SampleVideo.Mp4Path, slot.Part);
        await File.WriteAllBytesAsync(slot.PosterPart, [1]);
        var facts = new MediaFacts(SampleVideo.Width, SampleVideo.Height, SampleVideo.Duration, 30, "h264", HasSound: false);
        await slot.KeepAsync(
            new SpooledResult(job.ProviderJobId!, new FileInfo(SampleVideo.Mp4Path).Length, new string('a', 64), facts), CancellationToken.None);
        Clock.Advance(TimeSpan.FromDays(3));

        await RepairAsync(studio);

        var video = Assert.Single(await VideosAsync());
        Assert.Equal(await File.ReadAllBytesAsync(SampleVideo.Mp4Path), await File.ReadAllBytesAsync(PathOf(studio, video.StoreKey)));
        Assert.Empty(await OpenAsync());

        // Nobody waits for the spool's any more.
        File.SetLastWriteTimeUtc(slot.Ready, TestClock.Start.UtcDateTime);
        await RepairAsync(studio);
        Assert.False(File.Exists(slot.Ready));
    }

    [Fact]
    public async Task Repair_RowIsThereMeanwhile_AddsNoSecond()
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        await RemoveRowAsync(video);
        var before = await ReadAsync(video.JobId);
        studio.Store.OnOpen = async (_, cancellationToken) =>
        {
            if ((await VideosAsync()).Count == 0)
            {
                await using var db = await Database.Contexts.CreateDbContextAsync(cancellationToken);
                db.Videos.Add(JobSamples.VideoOf(before));
                await db.SaveChangesAsync(cancellationToken);
            }
        };

        await RepairAsync(studio);

        Assert.Single(await VideosAsync());
        Assert.DoesNotContain(await FindingsAsync(), finding => finding.Kind is RepairKind.VideoWithoutRow or RepairKind.ResultUnreadable);
        Assert.Equal((null, null), (await StateAsync(RepairScanName.Jobs)) switch { var state => (state.Trouble, state.Cursor) });
        Assert.Equal(before.Events.Count, (await ReadAsync(video.JobId)).Events.Count);
    }

    [Fact]
    public async Task Repair_JobIsNoLongerCompleted_GetsNoRow()
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        await RemoveRowAsync(video);
        studio.Store.OnOpen = async (_, cancellationToken) =>
        {
            await using var db = await Database.Contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Jobs.ExecuteUpdateAsync(
                set => set.SetProperty(job => job.Status, JobStatus.Saving).SetProperty(job => job.CompletedAt, (DateTimeOffset?)null),
                cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        };

        await RepairAsync(studio);

        Assert.Empty(await VideosAsync());
    }

    [Fact]
    public async Task Repair_OneFileCannotBeRead_IsReportedAndTheOthersAreMended()
    {
        var studio = StartStudio();
        List<Video> videos = [await AddVideoAsync(studio), await AddVideoAsync(studio), await AddVideoAsync(studio)];
        videos.Sort((one, other) => one.JobId.CompareTo(other.JobId));
        foreach (var video in videos)
        {
            await RemoveRowAsync(video);
        }

        studio.Store.OnOpen = (key, _) =>
            string.Equals(key, videos[1].StoreKey, StringComparison.Ordinal) ? throw new IOException("Input/output error") : Task.CompletedTask;
        await RepairAsync(studio);

        Assert.Equal([(RepairKind.ResultUnreadable, videos[1].StoreKey)], await OpenAsync());
        Assert.Equal(2, (await VideosAsync()).Count);

        studio.Store.OnOpen = null;
        await RepairAsync(studio);
        Assert.Empty(await OpenAsync());
        Assert.Equal(3, (await VideosAsync()).Count);
    }

    [Fact]
    public async Task Repair_SomebodyWorksOnTheJob_LeavesItForTheNextRound()
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        await RemoveRowAsync(video);
        await LeaseAsync(video.JobId, "another", Clock.Now + TimeSpan.FromMinutes(1));

        await RepairAsync(studio);
        Assert.Empty(await VideosAsync());
        Assert.Empty(await FindingsAsync());

        Clock.Advance(TimeSpan.FromMinutes(2));
        await RepairAsync(studio);
        Assert.Single(await VideosAsync());
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Generating)]
    [InlineData(JobStatus.Saving)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Cancelled)]
    public async Task Repair_JobOfAnyOtherStatus_IsLeftAlone(JobStatus status)
    {
        var studio = StartStudio();
        var job = await AddAsync(status);
        Clock.Advance(TimeSpan.FromDays(30));

        await RepairAsync(studio);

        Assert.Empty(await FindingsAsync());
        Assert.Equivalent(job, await ReadAsync(job.Id));
    }
}

public sealed class CompletedJobsScanSqliteTests(SqliteDatabase database) : CompletedJobsScanTests(database), IClassFixture<SqliteDatabase>;

public sealed class CompletedJobsScanPostgresTests(PostgresDatabase database) : CompletedJobsScanTests(database), IClassFixture<PostgresDatabase>;
