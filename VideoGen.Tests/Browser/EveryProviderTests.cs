using System.Text;
using Microsoft.Playwright;
using VideoGen.Simulator;
using VideoGen.Tests.Browser.Pages;
using VideoGen.Tests.Providers;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>The whole path through each provider, from the click to a video that plays, and what must never be seen on it.</summary>
public sealed class EveryProviderTests(Chromium chromium) : BrowserTest
{
    // What the links to results begin with at the simulator's hosts, and the addresses that providers call at ours.
    private const string SignedLink = "/_files/";
    private const string CallbackLink = "/webhooks/hints/";

    [Fact]
    [Trait("Req", "R-02")]
    [Trait("Req", "R-20")]
    [Trait("Req", "R-25")]
    [Trait("Req", "R-72")]
    public async Task Providers_Each_MakeAVideoThatPlaysAndLeakNothing()
    {
        await using var providers = await SimulatedProviders.StartAsync();
        await using var server = await StudioServer.StartAsync(providers.Settings, providers.Catalogue);
        var visitor = await LetInAsync(Visitor.EnterAsync(chromium.Browser, server.Address));
        await SetUpPage.MakeFirstAccountAsync(visitor, Studio.Mara, await server.SetUpCodeAsync());
        var create = new CreatePage(visitor.Page);

        foreach (var model in providers.Models)
        {
            await visitor.GoAsync($"/?model={Uri.EscapeDataString(model)}");
            await create.GenerateAsync(PromptOf(model));
            await Expect(create.Cards(PromptOf(model)).Or(create.Finished(PromptOf(model))).First).ToBeVisibleAsync();
        }

        var seen = new StringBuilder();
        foreach (var model in providers.Models)
        {
            seen.Append(await PlayAsync(visitor, PromptOf(model)));
        }

        await visitor.GoAsync("/admin/models");
        seen.Append(await visitor.Page.ContentAsync());
        visitor.TolerateLostConnection();
        Assert.Equal(0, await server.StopAsync());
        seen.Append(server.Output);
        Assert.DoesNotContain("Lanterns for", server.Output, StringComparison.Ordinal);
        AssertNothingLeaked(seen.ToString(), server.DataRoot);
        Assert.All(providers.Models, model => Assert.Equal(1, CreatesOf(providers, model)));
    }

    private static string PromptOf(string model) => $"Lanterns for {model.Split('/')[0]} on a river";

    private static int CreatesOf(SimulatedProviders providers, string model) => providers.Simulator.Dialects
        .Sum(dialect => providers.Simulator.Ledger.Entries(dialect, Operation.Create).Count(entry => string.Equals(entry.Prompt, PromptOf(model), StringComparison.Ordinal)));

    /// <returns>What the pages of the video and of its job hold.</returns>
    private static async Task<string> PlayAsync(Visitor visitor, string prompt)
    {
        await visitor.GoAsync("/gallery");
        var video = visitor.Page.Locator("a[href^='/videos/']").Filter(new LocatorFilterOptions { HasText = prompt }).First;
        await Expect(video).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 120_000 });
        await visitor.GoAsync((await video.GetAttributeAsync("href"))!);
        await new VideoPage(visitor.Page).PlayAsync();
        var pages = await visitor.Page.ContentAsync();

        await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Open the job" }).ClickAsync();
        await Expect(new JobPage(visitor.Page).Video).ToBeVisibleAsync();
        return pages + await visitor.Page.ContentAsync();
    }

    private static void AssertNothingLeaked(string seen, string dataRoot)
    {
        string[] secrets = [.. SimulatedProviders.Keys, SignedLink, CallbackLink];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, seen, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(dataRoot, "*", SearchOption.AllDirectories))
        {
            var content = File.ReadAllBytes(file);
            Assert.All(secrets, secret => Assert.True(content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{file} holds {secret}."));
        }
    }
}
