using Microsoft.Playwright;
using VideoGen.Simulator;
using VideoGen.Tests.Browser.Pages;
using VideoGen.Tests.Providers;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>From a finished video by its button to the remix of it, at a provider that makes remixes.</summary>
[Trait("Req", "R-02")]
[Trait("Req", "R-31")]
public sealed class RemixTests(Chromium chromium) : BrowserTest
{
    private const string ByDay = "A lighthouse in the morning";
    private const string ByNight = "The same lighthouse at night";

    [Fact]
    public async Task Video_Remixed_IsMadeOnceAndSaysWhatItIsMadeFrom()
    {
        await using var providers = await SimulatedProviders.StartAsync();
        await using var server = await StudioServer.StartAsync(providers.Settings, providers.Catalogue);
        var visitor = await LetInAsync(Visitor.EnterAsync(chromium.Browser, server.Address));
        await SetUpPage.MakeFirstAccountAsync(visitor, Studio.Mara, await server.SetUpCodeAsync());
        var create = new CreatePage(visitor.Page);
        await visitor.GoAsync($"/?model={Uri.EscapeDataString("openai/sora-2")}");
        await create.GenerateAsync(ByDay);
        var source = await FinishedAsync(create, ByDay);

        await visitor.GoAsync(source);
        await Link("Remix").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = $"Remix of {ByDay}" })).ToBeVisibleAsync();
        await Visitor.AliveAsync(visitor.Page);
        await Looks.AreSoundAsync(visitor.Page, "Create, a remix");
        await create.GenerateAsync(ByNight);

        await visitor.GoAsync(await FinishedAsync(create, ByNight));
        await Expect(visitor.Page.GetByText("Remix of")).ToBeVisibleAsync();
        Assert.Equal(source, await Link(ByDay).GetAttributeAsync("href"));
        await new VideoPage(visitor.Page).PlayAsync();
        await Looks.AreSoundAsync(visitor.Page, "Video, a remix");
        Assert.Equal(ByNight, Assert.Single(providers.Simulator.Ledger.Entries("openai", Operation.Remix)).Prompt);
        Assert.Single(providers.Simulator.Ledger.Entries("openai", Operation.Create));
        visitor.TolerateLostConnection();

        ILocator Link(string name) => visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = true });
    }

    private static async Task<string> FinishedAsync(CreatePage create, string prompt)
    {
        var video = create.Finished(prompt).First;
        await Expect(video).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 120_000 });
        return (await video.GetAttributeAsync("href"))!;
    }
}
