using VideoGen.Tests.Data;
using VideoGen.Tests.Media;
using VideoGen.Web.Repair;

namespace VideoGen.Tests.Repair;

/// <summary>The scans that begin at the videos of the gallery: is the file there, the poster, the bytes, the picture?</summary>
public abstract class VideoFilesTests(TestDatabase database) : RepairTests(database)
{
    [Fact]
    public async Task Repair_EverythingIsThere_FindsNothingAndChangesNothing()
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        var job = await ReadAsync(video.JobId);

        await RepairAsync(studio);

        Assert.Empty(await FindingsAsync());
        Assert.Equivalent(job, await ReadAsync(video.JobId));
        Assert.Equivalent(video, Assert.Single(await VideosAsync()));
    }

    [Fact]
    public async Task Repair_FileMissing_IsReportedUntilItIsBack()
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        var path = PathOf(studio, video.StoreKey);
        File.Move(path, path + ".aside");

        await RepairAsync(studio);
        var finding = Assert.Single(await FindingsAsync());
        Assert.Equal(
            (RepairKind.FileMissing, video.Id.ToString(), video.JobId, video.OwnerId, null),
            (finding.Kind, finding.Subject, finding.JobId, finding.OwnerId, finding.ClosedAt));

        Clock.Advance(TimeSpan.FromDays(1));
        await RepairAsync(studio);
        var again = Assert.Single(await FindingsAsync());
        Assert.Equal((finding.Id, finding.FirstSeenAt, Clock.Now), (again.Id, again.FirstSeenAt, again.LastSeenAt));

        File.Move(path + ".aside", path);
        await RepairAsync(studio);
        Assert.Equal((null, Clock.Now), (Assert.Single(await FindingsAsync()).MendedAt, Assert.Single(await FindingsAsync()).ClosedAt));
    }

    [Fact]
    public async Task Repair_PosterMissing_IsMadeAgain()
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        var path = PathOf(studio, video.PosterKey);
        var poster = await File.ReadAllBytesAsync(path);
        File.Delete(path);

        await RepairAsync(studio);

        Assert.Equal(poster, await File.ReadAllBytesAsync(path));
        var finding = Assert.Single(await FindingsAsync());
        Assert.Equal((RepairKind.PosterMissing, Clock.Now), (finding.Kind, finding.MendedAt));
        Assert.Empty(Directory.EnumerateFiles(studio.Get<Web.Data.DataFolder>().Spool));
    }

    [Fact]
    public async Task Repair_BytesChangedButStillAVideo_IsReportedAndStays()
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        var other = await File.ReadAllBytesAsync(SampleVideo.Mp4WithSoundPath);
        await File.WriteAllBytesAsync(PathOf(studio, video.StoreKey), other);

        await RepairAsync(studio);

        Assert.Equal([(RepairKind.FileChanged, video.Id.ToString())], await OpenAsync());
        Assert.Equal(other, await File.ReadAllBytesAsync(PathOf(studio, video.StoreKey)));
    }

    [Fact]
    public async Task Repair_BytesOverwritten_IsReportedAsChangedAndAsUnplayable()
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        await File.WriteAllBytesAsync(PathOf(studio, video.StoreKey), new byte[video.SizeBytes]);
        File.Delete(PathOf(studio, video.PosterKey));

        await RepairAsync(studio);

        Assert.Equal(
            new[] { RepairKind.PosterMissing, RepairKind.FileChanged, RepairKind.FileUnplayable }.Select(kind => (kind, video.Id.ToString())), await OpenAsync());
        Assert.False(File.Exists(PathOf(studio, video.PosterKey)));
    }

    [Fact]
    public async Task Repair_ToolMissing_SaysThatItCouldNotLookAndBlamesNoVideo()
    {
        var maker = StartStudio();
        await AddVideoAsync(maker);
        var folder = maker.Get<Web.Data.DataFolder>().Root;
        var tool = Path.Combine(folder, "ffprobe");
        await File.WriteAllTextAsync(tool, "no program");
        var studio = StartStudio(("Media:FfprobePath", tool), ("Data:RootPath", folder));

        await RepairAsync(studio);

        Assert.Empty(await FindingsAsync());
        Assert.Equal("ffmpeg or ffprobe could not be run.", (await StateAsync(RepairScanName.Contents)).Trouble);
    }

    [Fact]
    public async Task Repair_MoreBytesThanAPassReads_GoesOnWithTheNext()
    {
        var studio = StartStudio(("Repair:BytesPerPass", "1"));
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var video = await AddVideoAsync(studio);
            await File.WriteAllBytesAsync(PathOf(studio, video.StoreKey), new byte[video.SizeBytes]);
        }

        List<int> found = [];
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await RepairAsync(studio);
            found.Add((await OpenAsync()).Count(finding => finding.Kind is RepairKind.FileChanged));
        }

        Assert.Equal([1, 2, 3], found);
        Assert.Null((await StateAsync(RepairScanName.Contents)).RoundEndedAt);
        await RepairAsync(studio);
        Assert.Equal((null, 3, Clock.Now), (await StateAsync(RepairScanName.Contents)) switch { var state => (state.Cursor, state.Looked, state.RoundEndedAt) });
    }

    [Fact]
    public async Task Repair_VideoIsNoLongerKept_ClosesWhatWasFoundAboutIt()
    {
        var studio = StartStudio();
        var video = await AddVideoAsync(studio);
        File.Delete(PathOf(studio, video.StoreKey));
        await RepairAsync(studio);

        await RemoveRowAsync(video);
        Clock.Advance(TimeSpan.FromDays(1));
        await RepairAsync(studio);

        Assert.DoesNotContain(await OpenAsync(), finding => finding.Kind is RepairKind.FileMissing);
    }
}

public sealed class VideoFilesSqliteTests(SqliteDatabase database) : VideoFilesTests(database), IClassFixture<SqliteDatabase>;

public sealed class VideoFilesPostgresTests(PostgresDatabase database) : VideoFilesTests(database), IClassFixture<PostgresDatabase>;
