using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Models;
using VideoGen.Web.Gallery;

namespace VideoGen.Tests.Gallery;

[Trait("Req", "R-30")]
public abstract class GalleryQueryTests(TestDatabase database) : EngineTests(database)
{
    private GalleryQuery Query => new(Database.Contexts, new ModelCatalogue([ModelSamples.Model]));

    [Fact]
    public async Task Run_NoVideos_IsEmpty()
    {
        var stretch = await Query.RunAsync(OwnerId, new GalleryRange(), 10, CancellationToken.None);

        Assert.Equal((0, 0, false), (stretch.Cards.Count, stretch.Count, stretch.HasMore));
    }

    [Fact]
    public async Task Run_StretchByStretch_ShowsEachVideoOnceNewestFirst()
    {
        // Several at the same instant: only the id tells them apart.
        var added = new List<Video>();
        for (var index = 0; index < 25; index++)
        {
            added.Add(await AddVideoAsync(OwnerId, TestClock.Start.AddSeconds(index / 4)));
        }

        var seen = new List<VideoCard>();
        GalleryCursor? end = null;
        GalleryStretch stretch;
        do
        {
            stretch = await Query.RunAsync(OwnerId, new GalleryRange(OlderThan: end), 4, CancellationToken.None);
            Assert.Equal(25, stretch.Count);
            seen.AddRange(stretch.Cards);
            end = stretch.Cards[^1].Cursor;
        }
        while (stretch.HasMore);

        Assert.Equal(added.Select(video => video.Id).Order(), seen.Select(card => card.Id).Order());
        Assert.Equal(seen.Select(card => card.CreatedAt), seen.Select(card => card.CreatedAt).OrderDescending());
    }

    [Fact]
    public async Task Run_NewerThan_ShowsOnlyWhatCameSince()
    {
        await AddVideoAsync(OwnerId, TestClock.Start);
        var first = await Query.RunAsync(OwnerId, new GalleryRange(), 10, CancellationToken.None);
        var since = await AddVideoAsync(OwnerId, TestClock.Start.AddSeconds(1));

        var stretch = await Query.RunAsync(OwnerId, new GalleryRange(NewerThan: first.Cards[0].Cursor), 10, CancellationToken.None);

        Assert.Equal(since.Id, Assert.Single(stretch.Cards).Id);
        Assert.Equal(2, stretch.Count);
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Run_VideosOfSomebodyElse_AreNeitherShownNorCounted()
    {
        await AddVideoAsync(await Database.AddPersonAsync(), TestClock.Start);

        var stretch = await Query.RunAsync(OwnerId, new GalleryRange(), 10, CancellationToken.None);

        Assert.Equal((0, 0), (stretch.Cards.Count, stretch.Count));
    }

    [Fact]
    public async Task Video_Own_KnowsItsNeighboursAndItsPlace()
    {
        var oldest = await AddVideoAsync(OwnerId, TestClock.Start);
        var middle = await AddVideoAsync(OwnerId, TestClock.Start.AddSeconds(1));
        await AddVideoAsync(await Database.AddPersonAsync(), TestClock.Start.AddSeconds(2));
        var newest = await AddVideoAsync(OwnerId, TestClock.Start.AddSeconds(3));

        var video = await VideoAsync(OwnerId, middle.Id);

        Assert.Equal((newest.Id, oldest.Id), (video!.Newer!.Id, video.Older!.Id));
        Assert.Equal((2, 3), (video.Number, video.Total));
        Assert.Equal("Model One", video.ModelName);
        Assert.NotEmpty(video.History);
    }

    [Fact]
    public async Task Video_OfABatch_ShowsWhatWasMadeTogether()
    {
        var batch = Guid.NewGuid();
        var second = await AddVideoAsync(OwnerId, TestClock.Start, batch, 1);
        var first = await AddVideoAsync(OwnerId, TestClock.Start.AddSeconds(9), batch, 0);
        await AddVideoAsync(OwnerId, TestClock.Start);

        var video = await VideoAsync(OwnerId, second.Id);

        Assert.Equal([(first.Id, 1), (second.Id, 2)], video!.Together.Select(sibling => (sibling.Id, sibling.Number)));
        Assert.Equal(2, video.BatchJobIds.Count);
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Video_ForeignOrUnknown_IsMissing()
    {
        var foreign = await AddVideoAsync(await Database.AddPersonAsync(), TestClock.Start);

        Assert.Null(await VideoAsync(OwnerId, foreign.Id));
        Assert.Null(await VideoAsync(OwnerId, Guid.NewGuid()));
    }

    private Task<VideoDetails?> VideoAsync(Guid ownerId, Guid videoId) =>
        Start().Get<VideoQuery>().RunAsync(ownerId, videoId, CancellationToken.None);

    private async Task<Video> AddVideoAsync(Guid ownerId, DateTimeOffset at, Guid? batch = null, int index = 0)
    {
        var job = new GenerationJob(JobSamples.Order(ownerId) with { BatchId = batch ?? Guid.NewGuid(), BatchIndex = index }, at);
        job.BeginSubmission(JobSamples.Intent, at);
        job.Accept($"provider-{job.Id}", "Accepted", at);
        job.FinishGenerating("done", resultCount: 1, at);
        job.Complete("Stored", at);
        var video = new Video(
            job.Id,
            ownerId,
            0,
            new StoredFile($"{ownerId}/{job.Id}/video-1.mp4", $"{ownerId}/{job.Id}/poster-1.jpg", 1000, new string('b', 64)),
            new MediaFacts(1280, 720, TimeSpan.FromSeconds(4), 30, "h264", HasSound: false),
            at);
        await using var db = await Database.Contexts.CreateDbContextAsync();
        db.Jobs.Add(job);
        db.Videos.Add(video);
        await db.SaveChangesAsync();
        return video;
    }
}

public sealed class GalleryQuerySqliteTests(SqliteDatabase database) : GalleryQueryTests(database), IClassFixture<SqliteDatabase>;

public sealed class GalleryQueryPostgresTests(PostgresDatabase database) : GalleryQueryTests(database), IClassFixture<PostgresDatabase>;
