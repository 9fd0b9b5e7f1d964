using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Models;
using VideoGen.Web.Components.Pages.Create;
using VideoGen.Web.LiveUpdates;

namespace VideoGen.Tests.Components.Pages;

public sealed class CreatePageTests(SqliteDatabase database) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    private const string Prompt = "Füchse im Schnee 🦊";

    [Fact]
    [Trait("Req", "R-01")]
    public async Task Form_ModelThatOffersAll_OffersItAll()
    {
        await using var page = Open();

        var form = page.Browser.Render<CreatePage>();

        Assert.Equal("Shape, Length, Frame rate", string.Join(", ", form.FindAll(".opts legend").Select(legend => legend.TextContent)));
        Assert.NotNull(form.Find("#seed"));
        Assert.NotNull(form.Find("#reference"));
        Assert.Equal("From 1 to 2", form.Find("#nvar-h").TextContent);
    }

    [Fact]
    [Trait("Req", "R-01")]
    public async Task Form_ModelThatOffersLittle_OffersNoMore()
    {
        await using var page = Open(ModelSamples.Model with
        {
            Sizes = [new(1280, 720)],
            Durations = [TimeSpan.FromSeconds(4)],
            FrameRates = [],
            MaxVariations = 1,
            TakesSeed = false,
            TakesReferenceImage = false,
        });

        var form = page.Browser.Render<CreatePage>();

        Assert.Empty(form.FindAll(".opts input"));
        Assert.Empty(form.FindAll("#reference"));
        Assert.Contains("720p", form.Find(".opts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-05")]
    public async Task Form_TwoVideos_SaysWhatTheyCost()
    {
        await using var page = Open();
        var form = page.Browser.Render<CreatePage>();

        await form.Find("#prompt").InputAsync(Prompt);
        await form.Find("button[aria-label='One more']").ClickAsync(new());

        var button = form.Find("button[type=submit]");
        Assert.Equal("Generate 2 videos · $0.80 · 30–90 s", Text(button.TextContent));
        Assert.Null(button.GetAttribute("aria-disabled"));
    }

    [Fact]
    [Trait("Req", "R-06")]
    public async Task Form_NoPrompt_IsBlockedWithTheReasonAndCreatesNothing()
    {
        await using var page = Open();
        var form = page.Browser.Render<CreatePage>();
        Assert.Equal("true", form.Find("button[type=submit]").GetAttribute("aria-disabled"));
        Assert.Equal("Write a prompt first.", form.Find("#go-why").TextContent);

        await form.Find("form").SubmitAsync();

        await form.WaitForAssertionAsync(() => Assert.Equal("Write a prompt first.", form.Find("#prompt-err").TextContent));
        Assert.Contains("prompt-err", form.Find("#prompt").GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Empty(await JobsAsync());
    }

    [Fact]
    [Trait("Req", "R-06")]
    public async Task Form_BadNumbers_SaysItBesideEachField()
    {
        await using var page = Open();
        var form = page.Browser.Render<CreatePage>();
        await form.Find("#prompt").InputAsync(Prompt);
        await form.Find("#nvar").InputAsync("9");
        await form.Find("#seed").InputAsync("lucky");

        await form.Find("form").SubmitAsync();

        await form.WaitForAssertionAsync(() => Assert.Equal("Choose 1 to 2 videos.", form.Find("#nvar-err").TextContent));
        Assert.Equal("A seed is a whole number from 0 to 4294967295.", form.Find("#seed-err").TextContent);
        Assert.Empty(await JobsAsync());

        await form.Find("#seed").InputAsync("7");
        Assert.Empty(form.FindAll("#seed-err"));
        Assert.Single(form.FindAll("#nvar-err"));
    }

    [Fact]
    [Trait("Req", "R-01")]
    public async Task Form_TooLong_SaysByHowMuch()
    {
        await using var page = Open();
        var form = page.Browser.Render<CreatePage>();

        await form.Find("#prompt").InputAsync(new string('x', 23));

        Assert.Equal("23 of 20 · 3 too long for Model One", Text(form.Find("#len-t").TextContent));
        Assert.Equal("The prompt is 3 characters too long for Model One.", form.Find("#go-why").TextContent);
    }

    [Fact]
    [Trait("Req", "R-12")]
    public async Task Generate_Accepted_KeepsThePromptAndShowsTheJobs()
    {
        await using var page = Open();
        var form = page.Browser.Render<CreatePage>();
        await form.Find("#prompt").InputAsync(Prompt);
        await form.Find("button[aria-label='One more']").ClickAsync(new());

        await form.Find("form").SubmitAsync();

        await form.WaitForAssertionAsync(() => Assert.Equal(2, form.FindAll(".job").Count));
        Assert.Equal(Prompt, form.Find("#prompt").GetAttribute("value"));
        Assert.All(await JobsAsync(), job => Assert.Equal(Prompt, job.Prompt));
    }

    [Fact]
    public async Task Generate_DoubleClick_CreatesOnce()
    {
        await using var page = Open();
        var form = page.Browser.Render<CreatePage>();
        await form.Find("#prompt").InputAsync(Prompt);

        await form.Find("form").SubmitAsync();
        await form.Find("form").SubmitAsync();
        Assert.Single(await JobsAsync());

        Clock.Advance(TimeSpan.FromSeconds(2));
        await form.Find("form").SubmitAsync();
        Assert.Equal(2, (await JobsAsync()).Count);
    }

    [Fact]
    [Trait("Req", "R-31")]
    public async Task Form_FromAnEarlierJob_IsFilledIn()
    {
        var job = await AddAsync(JobStatus.Completed);
        await using var page = Open(ModelSamples.Model with { MaxPromptLength = 100 });
        page.Browser.Services.GetRequiredService<NavigationManager>().NavigateTo($"/?from={job.Id}");

        var form = page.Browser.Render<CreatePage>();

        await form.WaitForAssertionAsync(() => Assert.Equal(job.Prompt, form.Find("#prompt").GetAttribute("value")));
        Assert.Equal("7", form.Find("#seed").GetAttribute("value"));
    }

    [Fact]
    public async Task Form_UnsentDraft_IsPutBack()
    {
        await using var page = Open();
        page.Browser.JSInterop.Setup<string?>("sessionStorage.getItem", "draft:prompt").SetResult("half a thought");

        var form = page.Browser.Render<CreatePage>();

        await form.WaitForAssertionAsync(() => Assert.Equal("half a thought", form.Find("#prompt").GetAttribute("value")));
    }

    [Fact]
    [Trait("Req", "R-03")]
    public async Task Form_RetiredModel_CannotBeChosen()
    {
        await using var page = Open(ModelSamples.Model with { Lifecycle = new(RetiredOn: new DateOnly(2029, 9, 24)) });

        var form = page.Browser.Render<CreatePage>();

        Assert.True(form.Find("input[name=model]").HasAttribute("disabled"));
        Assert.Contains("Retired 24 Sep 2029.", form.Find(".model").TextContent, StringComparison.Ordinal);
        Assert.Equal("Choose a model first.", form.Find("#go-why").TextContent);
    }

    [Fact]
    [Trait("Req", "R-12")]
    public async Task Panel_JobMovesOn_ShowsItByItself()
    {
        var job = await AddAsync(JobStatus.Queued);
        await using var page = Open();
        var panel = page.Browser.Render<MyJobsPanel>();
        await panel.WaitForAssertionAsync(() => Assert.Contains("Waiting", panel.Find(".st").TextContent, StringComparison.Ordinal));

        await page.Engine.StepAsync(job.Id);
        page.Engine.Updates.Publish(new JobChanged(job.Id, OwnerId));

        await panel.WaitForAssertionAsync(() => Assert.Contains("Generating", panel.Find(".st").TextContent, StringComparison.Ordinal));
        Assert.StartsWith("Generating: Ein Fuchs", page.Announcer.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_NoJobs_SaysHowToGetSome()
    {
        await using var page = Open();

        var panel = page.Browser.Render<MyJobsPanel>();

        await panel.WaitForAssertionAsync(() => Assert.Contains("Nothing is running", panel.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Panel_FreeJobCancelled_AsksNothing()
    {
        var job = await Database.AddAsync(new GenerationJob(JobSamples.Order(OwnerId) with { ExpectedCost = 0 }, TestClock.Start));
        await using var page = Open();
        var panel = page.Browser.Render<MyJobsPanel>();
        await panel.WaitForAssertionAsync(() => Assert.Single(panel.FindAll("button[title=Cancel]")));

        await panel.Find("button[title=Cancel]").ClickAsync(new());

        Assert.NotNull((await ReadAsync(job.Id)).CancelRequestedAt);
        await panel.WaitForAssertionAsync(() => Assert.Contains("Cancelling", panel.Find(".st").TextContent, StringComparison.Ordinal));
    }

    private PageHarness Open(Domain.Models.VideoModel? model = null) => new(Start(model: model), OwnerId);

    private async Task<List<GenerationJob>> JobsAsync()
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        return await db.Jobs.AsNoTracking().ToListAsync();
    }

    private static string Text(string markup) => string.Join(' ', markup.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
