using Bunit;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Prompts;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Prompts;
using VideoGen.Web.Components.Pages.Create;

namespace VideoGen.Tests.Components.Pages;

/// <summary>From a prompt that is too long for the model (20 characters) to one that fits.</summary>
[Trait("Req", "R-04")]
public sealed class CreatePageRefinementTests(SqliteDatabase database) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    private const string Long = "A red fox runs. It stops.";
    private const string Refined = "A red fox runs.";

    private readonly TestPromptRefiner _refiner = new();

    [Fact]
    public async Task Refine_Used_SendsItAndKeepsTheOriginal()
    {
        await using var page = Open();
        var form = await WriteAsync(page, Long);
        await PressAsync(form, "Shorten it");
        Assert.Equal("Shortening…", form.Find("#h-ref").TextContent);

        await AnswerAsync(form, () => _refiner.Say(Refined));
        Assert.Equal(new PromptToRefine(Long, 20, "Model One", 1), Assert.Single(_refiner.Asked));
        Assert.Equal("A version with 15 characters is ready. Use it, or keep yours.", page.Announcer.Sentence);
        Assert.Equal(Long, form.Find("#prompt").GetAttribute("value"));
        Assert.Equal("Choose a prompt that fits first: use the refined one, or shorten yours.", form.Find("#go-why").TextContent);

        await PressAsync(form, "Use refined");
        Assert.Equal(Refined, form.Find("#prompt").GetAttribute("value"));
        Assert.Null(form.Find("button[type=submit]").GetAttribute("aria-disabled"));
        await form.Find("form").SubmitAsync();

        var job = Assert.Single(await JobsAsync());
        Assert.Equal((Refined, Long), (job.Prompt, job.OriginalPrompt));
    }

    [Fact]
    public async Task Generate_RefinedButNotUsed_CreatesNothing()
    {
        await using var page = Open();
        var form = await WriteAsync(page, Long);
        _refiner.Say(Refined);
        await PressAsync(form, "Shorten it");

        await form.Find("form").SubmitAsync();

        await form.WaitForAssertionAsync(() => Assert.Contains("Shorten it by 5.", form.Find("#prompt-err").TextContent, StringComparison.Ordinal));
        Assert.Empty(await JobsAsync());
    }

    [Fact]
    public async Task Refine_EditedAfterwards_StillKeepsTheOriginal()
    {
        await using var page = Open();
        var form = await WriteAsync(page, Long);
        _refiner.Say(Refined);
        await PressAsync(form, "Shorten it");
        await PressAsync(form, "Edit it");

        await form.Find("#prompt").InputAsync("A blue fox runs.");
        await form.Find("form").SubmitAsync();

        var job = Assert.Single(await JobsAsync());
        Assert.Equal(("A blue fox runs.", Long), (job.Prompt, job.OriginalPrompt));
    }

    [Fact]
    public async Task Refine_Reverted_IsTheOriginalAgain()
    {
        await using var page = Open();
        var form = await WriteAsync(page, Long);
        _refiner.Say(Refined);
        await PressAsync(form, "Shorten it");
        await PressAsync(form, "Use refined");

        await PressAsync(form, "Revert");

        Assert.Equal(Long, form.Find("#prompt").GetAttribute("value"));
        Assert.Equal("5 characters too long for Model One", form.Find("#h-ref").TextContent);
        Assert.Empty(form.FindAll(".used"));
        Assert.Equal("Your own prompt is back.", page.Announcer.Sentence);
    }

    [Fact]
    public async Task Refine_ClearedAfterwards_ForgetsTheOriginal()
    {
        await using var page = Open();
        var form = await WriteAsync(page, Long);
        _refiner.Say(Refined);
        await PressAsync(form, "Shorten it");
        await PressAsync(form, "Use refined");

        await form.Find("#prompt").InputAsync("");
        await form.Find("#prompt").InputAsync("Something else");
        await form.Find("form").SubmitAsync();

        Assert.Null(Assert.Single(await JobsAsync()).OriginalPrompt);
    }

    [Fact]
    public async Task Refine_AnotherVersion_IsTheNextAttempt()
    {
        await using var page = Open();
        var form = await WriteAsync(page, Long);
        _refiner.Say(Refined);
        await PressAsync(form, "Shorten it");
        _refiner.Say("A fox stops.");
        await PressAsync(form, "Try another");

        Assert.Equal([1, 2], _refiner.Asked.Select(prompt => prompt.Attempt));
        Assert.Equal("Refined to fit: 12 characters", form.Find("#h-ref").TextContent);
    }

    [Fact]
    public async Task Refine_Fails_SaysSoAndTriesAgainWhenAsked()
    {
        await using var page = Open();
        var form = await WriteAsync(page, Long);
        _refiner.Fail(PromptRefinementException.Usual);
        await PressAsync(form, "Shorten it");
        Assert.Contains("Could not refine just now.", form.Markup, StringComparison.Ordinal);
        Assert.Equal(PromptRefinementException.Usual, page.Announcer.Sentence);

        _refiner.Say(Refined);
        await PressAsync(form, "Try again");

        Assert.Equal([1, 1], _refiner.Asked.Select(prompt => prompt.Attempt));
        Assert.Equal("Refined to fit: 15 characters", form.Find("#h-ref").TextContent);
    }

    [Fact]
    public async Task Refine_PromptChangesMeanwhile_IsCalledOff()
    {
        await using var page = Open();
        var form = await WriteAsync(page, Long);
        await PressAsync(form, "Shorten it");

        await form.Find("#prompt").InputAsync(Long + "!");

        Assert.True(Assert.Single(_refiner.Tokens).IsCancellationRequested);
        Assert.Equal("6 characters too long for Model One", form.Find("#h-ref").TextContent);
    }

    [Fact]
    public async Task Refine_PromptChangesAfterwards_TheOfferGoes()
    {
        await using var page = Open();
        var form = await WriteAsync(page, Long);
        _refiner.Say(Refined);
        await PressAsync(form, "Shorten it");

        await form.Find("#prompt").InputAsync("It fits");

        Assert.Empty(form.FindAll("#h-ref"));
        Assert.Null(form.Find("button[type=submit]").GetAttribute("aria-disabled"));
    }

    [Fact]
    [Trait("Req", "R-31")]
    public async Task Form_FromARefinedJob_HasBothTexts()
    {
        var job = await Database.AddAsync(new GenerationJob(JobSamples.Order(OwnerId) with { Prompt = Refined, OriginalPrompt = Long }, TestClock.Start));
        await using var page = Open();
        page.GoTo($"/?from={job.Id}");

        var form = page.Browser.Render<CreatePage>();

        await form.WaitForAssertionAsync(() => Assert.Equal(Refined, form.Find("#prompt").GetAttribute("value")));
        Assert.Contains("Your original (25 characters) is kept with the job.", form.Find(".used").TextContent, StringComparison.Ordinal);
    }

    private PageHarness Open() => new(Start(), OwnerId, refiner: _refiner);

    private static async Task<IRenderedComponent<CreatePage>> WriteAsync(PageHarness page, string prompt)
    {
        var form = page.Browser.Render<CreatePage>();
        await form.Find("#prompt").InputAsync(prompt);
        return form;
    }

    // The click itself, not what it waits for.
    private async Task PressAsync(IRenderedComponent<CreatePage> form, string name)
    {
        var before = _refiner.Asked.Count;
        var pressed = form.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), name, StringComparison.Ordinal)).ClickAsync(new());
        if (_refiner.HasAnswer || _refiner.Asked.Count == before)
        {
            await pressed;
        }
    }

    private static Task AnswerAsync(IRenderedComponent<CreatePage> form, Action answer)
    {
        answer();
        return form.WaitForAssertionAsync(() => Assert.StartsWith("Refined to fit", form.Find("#h-ref").TextContent, StringComparison.Ordinal));
    }

    private async Task<List<GenerationJob>> JobsAsync()
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        return await db.Jobs.AsNoTracking().ToListAsync();
    }
}
