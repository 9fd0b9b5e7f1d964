using Microsoft.Playwright;
using VideoGen.Tests.Browser.Pages;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>What an open page does while the server is gone, and what it remembers.</summary>
public sealed class ConnectionTests(Studio studio) : BrowserTest, IClassFixture<Studio>
{
    [Fact]
    [Trait("Req", "R-12")]
    [Trait("Req", "R-16")]
    public async Task Page_ServerKilledAndBack_RecoversByItselfWithWhatWasTyped()
    {
        const string running = "A bridge over a gap";
        const string unsent = "Not sent yet: Möwen über dem Kai 🌊";
        var visitor = await LetInAsync(studio.MaraAsync());
        visitor.TolerateLostConnection();
        var page = visitor.Page;
        await visitor.GoAsync("/");
        var create = new CreatePage(page);
        await create.ChooseAsync("Size", "720p");
        await create.ChooseAsync("Length", "4 s");
        await create.GenerateAsync(running);
        await Expect(create.Cards(running).GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await create.Prompt.FillAsync(unsent);
        await page.EvaluateAsync("() => { window.before = true; }");

        await studio.Server.KillAsync();
        await Expect(page.GetByText("Connection lost. Trying again.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Reconnecting", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Expect(create.Prompt).ToHaveValueAsync(unsent);

        await studio.Server.StartAgainAsync();
        await page.WaitForFunctionAsync("() => !window.before", options: new PageWaitForFunctionOptions { Timeout = 60_000 });
        await Visitor.AliveAsync(page);
        await Expect(page.GetByText("Connection lost. Trying again.")).ToBeHiddenAsync();
        await Expect(create.Prompt).ToHaveValueAsync(unsent);
        await Expect(create.Finished(running)).ToHaveCountAsync(1, new LocatorAssertionsToHaveCountOptions { Timeout = 120_000 });
        await Expect(create.Cards(running)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Generate_PressedBeforeThePageIsAlive_PutsNoPromptIntoTheAddress()
    {
        var visitor = await LetInAsync(studio.MaraAsync());
        visitor.Tolerate("ERR_FAILED");
        await visitor.Page.RouteAsync("**/blazor.web*.js", route => route.AbortAsync());
        await visitor.Page.GotoAsync("/");
        var create = new CreatePage(visitor.Page);

        await create.Prompt.FillAsync("Not for any log");
        var asked = visitor.Requests.Count;
        await create.Prompt.PressAsync("Control+Enter");
        await visitor.Page.EvaluateAsync("() => document.forms[0].requestSubmit()");

        await Expect(visitor.Page).ToHaveURLAsync("/");
        await Expect(create.Prompt).ToHaveValueAsync("Not for any log");
        Assert.Empty(visitor.Requests.Skip(asked));
    }

    [Fact]
    public async Task Theme_Switched_IsKeptByTheServer()
    {
        var visitor = await LetInAsync(studio.MaraAsync());
        var page = visitor.Page;
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await visitor.GoAsync("/gallery");
        var root = page.Locator("html");
        await Expect(root).Not.ToHaveAttributeAsync("data-theme", "dark");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Switch between light and dark theme" }).ClickAsync();
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");

        // In the page as it comes from the server, so that nothing flashes.
        var sent = await (await page.APIRequest.GetAsync("/gallery")).TextAsync();
        Assert.Contains("<html lang=\"en\" data-theme=\"dark\">", sent, StringComparison.Ordinal);
    }
}
