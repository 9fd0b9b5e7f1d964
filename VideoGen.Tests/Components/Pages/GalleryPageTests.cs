using Bunit;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Models;
using VideoGen.Web.Components.Pages.Gallery;
using VideoGen.Web.LiveUpdates;

namespace VideoGen.Tests.Components.Pages;

[Trait("Req", "R-30")]
public sealed class GalleryPageTests(SqliteDatabase database) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    private const string Module = "./Components/Pages/Gallery/GalleryPage.razor.js";

    [Fact]
    public async Task Page_NoVideos_OffersTwoWaysToStart()
    {
        await using var page = new PageHarness(Start(model: ModelSamples.Model with { Price = Domain.Models.ModelPrice.Free }), OwnerId);

        var gallery = Render(page, isScrolled: false);

        Assert.Equal("Make your first video, Try the free test provider", string.Join(", ", gallery.FindAll(".empty a").Select(way => way.TextContent)));
        Assert.Equal("/?model=test%2Fmodel-1", gallery.FindAll(".empty a")[1].GetAttribute("href"));
    }

    [Fact]
    public async Task Page_Videos_AreOneLinkEachWithTheirPreview()
    {
        var video = await AddVideoAsync(TestClock.Start);
        await using var page = Open();

        var card = Render(page, isScrolled: false).Find(".vid a");

        Assert.Equal($"/videos/{video.Id}", card.GetAttribute("href"));
        Assert.Equal($"/media/videos/{video.Id}", card.GetAttribute("data-preview"));
    }

    [Fact]
    public async Task Page_MoreThanAStretch_LoadsTheRestWhenAsked()
    {
        for (var index = 0; index < 61; index++)
        {
            await AddVideoAsync(TestClock.Start.AddSeconds(-index));
        }

        await using var page = Open();
        var gallery = Render(page, isScrolled: false);
        Assert.Equal(60, gallery.FindAll(".vid").Count);

        await gallery.Find("[data-more]").ClickAsync(new());

        Assert.Equal(61, gallery.FindAll(".vid").Count);
        Assert.Empty(gallery.FindAll("[data-more]"));
    }

    [Theory]
    [Trait("Req", "R-12")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Page_NewVideo_ArrivesOnTopOrWaitsForWhomIsFurtherDown(bool isScrolled)
    {
        await AddVideoAsync(TestClock.Start);
        await using var page = Open();
        var gallery = Render(page, isScrolled);

        var arrived = await AddVideoAsync(TestClock.Start.AddSeconds(5));
        page.Engine.Updates.Publish(new JobChanged(arrived.JobId, OwnerId));

        if (isScrolled)
        {
            await gallery.WaitForAssertionAsync(() => Assert.Equal("1 new video · Show", gallery.Find(".arrive .btn").TextContent), TimeSpan.FromSeconds(10));
            Assert.Single(gallery.FindAll(".vid"));
            await gallery.Find(".arrive .btn").ClickAsync(new());
        }

        await gallery.WaitForAssertionAsync(() => Assert.Equal($"/videos/{arrived.Id}", gallery.Find(".vid a").GetAttribute("href")), TimeSpan.FromSeconds(10));
        Assert.Equal("New", gallery.Find(".is-new .n").TextContent);
        Assert.Equal(2, gallery.FindAll(".vid").Count);
        Assert.Empty(gallery.FindAll(".arrive"));
    }

    [Fact]
    [Trait("Req", "R-25")]
    public async Task Video_Own_PlaysFromOurOwnAddress()
    {
        var video = await AddVideoAsync(TestClock.Start);
        await using var page = Open();

        var shown = page.Browser.Render<VideoPage>(parameters => parameters.Add(part => part.VideoId, video.Id));

        await shown.WaitForAssertionAsync(() => Assert.Equal($"/media/videos/{video.Id}", shown.Find("video").GetAttribute("src")));
        Assert.True(shown.Find("video").HasAttribute("controls") && shown.Find("video").HasAttribute("playsinline"));
        Assert.True(shown.Find($"a[href='/media/videos/{video.Id}?download']").HasAttribute("download"));
        Assert.Contains("Ein Fuchs läuft durch den Schnee", shown.Find("h1").TextContent, StringComparison.Ordinal);
    }

    private PageHarness Open() => new(Start(), OwnerId);

    private static IRenderedComponent<GalleryPage> Render(PageHarness page, bool isScrolled)
    {
        var module = page.Browser.JSInterop.SetupModule(Module);
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<bool>("isScrolled").SetResult(isScrolled);
        var gallery = page.Browser.Render<GalleryPage>();
        gallery.WaitForState(() => gallery.Instance.Newest is not null);
        return gallery;
    }

    private async Task<Video> AddVideoAsync(DateTimeOffset at)
    {
        var job = JobSamples.In(JobStatus.Completed, OwnerId);
        var sample = JobSamples.VideoOf(job);
        var video = new Video(
            job.Id,
            OwnerId,
            0,
            new StoredFile(sample.StoreKey, sample.PosterKey, 1000, sample.Sha256),
            new MediaFacts(1280, 720, TimeSpan.FromSeconds(4), 30, "h264", HasSound: false),
            at);
        await using var db = await Database.Contexts.CreateDbContextAsync();
        db.Jobs.Add(job);
        db.Videos.Add(video);
        await db.SaveChangesAsync();
        return video;
    }
}
