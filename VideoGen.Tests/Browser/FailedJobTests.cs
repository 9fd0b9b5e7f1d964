using Microsoft.Playwright;
using VideoGen.Tests.Browser.Pages;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>A job that failed, seen on a server whose renderer is broken.</summary>
public sealed class FailedJobTests(Studio studio) : BrowserTest, IClassFixture<Studio>
{
    private const string Prompt = "A kite that never flies";

    [Fact]
    [Trait("Req", "R-42")]
    [Trait("Req", "R-44")]
    public async Task Job_RendererBroken_SaysWhatFailedAndRunsAgainWhenRepaired()
    {
        await studio.Server.StopAsync();
        await studio.Server.StartAgainAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Providers:Local:FfmpegPath"] = "/bin/false" });
        var visitor = await LetInAsync(studio.MaraAsync());
        await visitor.GoAsync("/");
        var create = new CreatePage(visitor.Page);
        await create.ChooseQuickAsync();
        await create.GenerateAsync(Prompt);

        var card = create.Cards(Prompt);
        await Expect(create.Jobs.GetByRole(AriaRole.Heading, new LocatorGetByRoleOptions { Name = "Needs you" })).ToBeVisibleAsync();
        await Expect(card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Retry" })).ToBeVisibleAsync();
        await Looks.AreSoundAsync(visitor.Page, "Create, one failed");

        await card.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = Prompt }).ClickAsync();
        var job = new JobPage(visitor.Page);
        await Expect(job.Steps.Filter(new LocatorFilterOptions { HasText = "stopped here" })).ToHaveCountAsync(1);
        await Looks.AreSoundAsync(visitor.Page, "Job, failed");

        visitor.TolerateLostConnection();
        await studio.Server.StopAsync();
        await studio.Server.StartAgainAsync();
        await visitor.GoAsync(new Uri(visitor.Page.Url).AbsolutePath);
        await job.State.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Retry" }).ClickAsync();
        await Expect(job.Video).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 60_000 });
    }
}
