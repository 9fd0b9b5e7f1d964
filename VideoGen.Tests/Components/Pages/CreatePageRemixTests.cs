using Bunit;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Models;
using VideoGen.Tests.Providers;
using VideoGen.Web.Components.Pages.Create;
using VideoGen.Web.Components.Pages.Gallery;

namespace VideoGen.Tests.Components.Pages;

[Trait("Req", "R-31")]
public sealed class CreatePageRemixTests(SqliteDatabase database) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    private const string Title = "Ein Fuchs läuft durch den Schnee 🦊";

    [Fact]
    public async Task Form_OfARemix_ShowsTheVideoAndSettlesTheRest()
    {
        var video = await AddVideoAsync(OwnerId);
        await using var page = Open($"/?remix={video.JobId}");

        var form = page.Browser.Render<CreatePage>();

        await form.WaitForAssertionAsync(() => Assert.Contains($"Remix of {Title}", form.Find(".remix").TextContent, StringComparison.Ordinal));
        Assert.Empty(form.FindAll(".opts legend, #seed, #reference, .more-models"));
        Assert.Contains("4 s", form.Find(".opts").TextContent, StringComparison.Ordinal);
        Assert.Equal(("", $"remix-{video.JobId}"), (form.Find("#prompt").GetAttribute("value"), form.Find("#prompt").GetAttribute("data-draft")));
        Assert.StartsWith("What should be different", form.Find("#prompt").GetAttribute("placeholder"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_Remix_MakesAJobThatNamesItsSource()
    {
        var video = await AddVideoAsync(OwnerId);
        await using var page = Open($"/?remix={video.JobId}");
        var form = page.Browser.Render<CreatePage>();
        await form.WaitForElementAsync(".remix");
        await form.Find("#prompt").InputAsync("At night");

        await form.Find("form").SubmitAsync();

        await form.WaitForAssertionAsync(() => Assert.Single(form.FindAll(".job")));
        await using var db = await Database.Contexts.CreateDbContextAsync();
        Assert.Equal(video.JobId, (await db.Jobs.SingleAsync(job => job.Prompt == "At night")).RemixOfJobId);
    }

    [Fact]
    public async Task Remove_Video_LeavesAFormForANewOne()
    {
        var video = await AddVideoAsync(OwnerId);
        await using var page = Open($"/?remix={video.JobId}");
        var form = page.Browser.Render<CreatePage>();
        await form.WaitForElementAsync(".remix");

        await form.Find($"button[aria-label='Remove the video {Title}']").ClickAsync(new());

        Assert.Empty(form.FindAll(".remix"));
        Assert.NotNull(form.Find("#seed"));
        Assert.Equal("Shape, Length, Frame rate", string.Join(", ", form.FindAll(".opts legend").Select(legend => legend.TextContent)));
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Form_VideoOfSomebodyElse_SaysTheSameAsOfNone()
    {
        var foreign = await AddVideoAsync(await Database.AddPersonAsync());
        foreach (var id in (Guid[])[foreign.JobId, Guid.NewGuid()])
        {
            await using var page = Open($"/?remix={id}");

            var form = page.Browser.Render<CreatePage>();

            await form.WaitForAssertionAsync(() => Assert.Equal("There is no such video to remix. This form makes a new one.", form.Find(".note.warn").TextContent));
            Assert.Empty(form.FindAll(".remix"));
            Assert.NotNull(form.Find("#seed"));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task VideoPage_OnlyWhereTheModelCan_LeadsToTheRemix(bool canRemix)
    {
        var video = await AddVideoAsync(OwnerId);
        await using var page = Open("/", canRemix);

        var shown = page.Browser.Render<VideoPage>(parameters => parameters.Add(element => element.VideoId, video.Id));

        await shown.WaitForElementAsync(".under");
        Assert.Equal(canRemix, shown.FindAll($".under a[href='/?remix={video.JobId}']").Count == 1);
    }

    private PageHarness Open(string path, bool canRemix = true)
    {
        var engine = Start(new TestVideoProvider { Capabilities = Capabilities() with { CanRemix = true } }, ModelSamples.Model with { CanRemix = canRemix });
        var page = new PageHarness(engine, OwnerId);
        page.GoTo(path);
        return page;
    }

    private async Task<Video> AddVideoAsync(Guid ownerId)
    {
        var job = JobSamples.In(JobStatus.Completed, ownerId);
        var video = JobSamples.VideoOf(job);
        await using var db = await Database.Contexts.CreateDbContextAsync();
        db.Jobs.Add(job);
        db.Videos.Add(video);
        await db.SaveChangesAsync();
        return video;
    }
}
