using VideoGen.Domain.Gallery;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Media;
using VideoGen.Web.Repair;
using VideoGen.Web.Storage;

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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Repair_OneFileCannotBeRead_IsReportedAndTheOthersAreLookedAt(bool isLink)
    {
        var studio = StartStudio();
        var videos = await AddVideosAsync(studio, count: 3);
        await File.WriteAllBytesAsync(PathOf(studio, videos[2].StoreKey), new byte[videos[2].SizeBytes]);
        var path = PathOf(studio, videos[1].StoreKey);
        if (isLink)
        {
            File.Move(path, path + ".aside");
            File.CreateSymbolicLink(path, path + ".aside");
        }
        else
        {
            studio.Store.OnOpen = (key, _) => string.Equals(key, videos[1].StoreKey, StringComparison.Ordinal)
                ? throw new VideoStoreException(StoreFault.Down, "It could not be opened.", new IOException("Input/output error"))
                : Task.CompletedTask;
        }

        // The second pass begins a round of its own, and is held up as little.
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await RepairAsync(studio);

            Assert.Equal(
                [
                    (RepairKind.FileChanged, videos[2].Id.ToString()),
                    (RepairKind.FileUnplayable, videos[2].Id.ToString()),
                    (RepairKind.FileUnreadable, videos[1].Id.ToString()),
                ],
                (await OpenAsync()).Where(finding => finding.Kind is not RepairKind.FileWithoutRow));
            foreach (var scan in new[] { RepairScanName.Files, RepairScanName.Contents })
            {
                Assert.Equal((null, null, 3), (await StateAsync(scan)) switch { var state => (state.Cursor, state.Trouble, state.Looked) });
            }
        }

        Assert.DoesNotContain(await FindingsAsync(), finding => finding.Sentence.Contains(path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Repair_OnePosterCannotBeRead_IsReportedAndTheOthersAreLookedAt()
    {
        var studio = StartStudio();
        var videos = await AddVideosAsync(studio, count: 3);
        var path = PathOf(studio, videos[1].PosterKey);
        File.Delete(path);
        File.CreateSymbolicLink(path, PathOf(studio, videos[0].PosterKey));
        File.Delete(PathOf(studio, videos[2].StoreKey));

        await RepairAsync(studio);

        Assert.Equal(
            [(RepairKind.FileMissing, videos[2].Id.ToString()), (RepairKind.PosterMissing, videos[1].Id.ToString())], await OpenAsync());
        Assert.Null((await StateAsync(RepairScanName.Files)).Trouble);
    }

    [Fact]
    [Trait("Req", "R-23")]
    public async Task Repair_DiskOfTheDataFolderIsFull_BlamesNoVideo()
    {
        var studio = StartStudio();
        await AddVideoAsync(studio);
        studio.Store.OnOpen = (_, _) => throw VideoStoreException.WantOfRoom("No space left on device");

        await RepairAsync(studio);

        Assert.Empty(await FindingsAsync());
        Assert.NotNull((await StateAsync(RepairScanName.Contents)).Trouble);
    }

    [Fact]
    public async Task Repair_StoreWasEmptied_LooksAtNoMoreThanABatch()
    {
        var studio = StartStudio(("Repair:Batch", "2"));
        foreach (var video in await AddVideosAsync(studio, count: 5))
        {
            File.Delete(PathOf(studio, video.StoreKey));
        }

        List<int> looked = [];
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await RepairAsync(studio);
            looked.Add((await StateAsync(RepairScanName.Contents)).Looked);
        }

        Assert.Equal([2, 4, 5], looked);
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

    /// <summary>In the order in which they are looked at.</summary>
    private async Task<List<Video>> AddVideosAsync(EngineHarness studio, int count)
    {
        List<Video> videos = [];
        while (videos.Count < count)
        {
            videos.Add(await AddVideoAsync(studio));
        }

        return [.. videos.OrderBy(video => video.Id)];
    }
}

public sealed class VideoFilesSqliteTests(SqliteDatabase database) : VideoFilesTests(database), IClassFixture<SqliteDatabase>;

public sealed class VideoFilesPostgresTests(PostgresDatabase database) : VideoFilesTests(database), IClassFixture<PostgresDatabase>;
