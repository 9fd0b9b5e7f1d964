using Microsoft.Playwright;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Tests.Browser.Pages;
using VideoGen.Tests.Providers;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>A submission whose answer was lost at a provider that lists nothing: what it shows, and how a person decides.</summary>
[Trait("Req", "R-16")]
[Trait("Req", "R-40")]
public sealed class UnconfirmedJobTests(Chromium chromium) : BrowserTest
{
    private const string Found = "A ferry that did leave";
    private const string Lost = "A ferry that nobody saw";

    [Fact]
    public async Task Job_AnswerLost_IsAdoptedOrGivenUpAndNeverSentAgain()
    {
        await using var providers = await SimulatedProviders.StartAsync();
        await using var server = await StudioServer.StartAsync(providers.Settings, providers.Catalogue);
        providers.Simulator.Misbehave("runway", Operation.Create, MisbehaviourKind.AnswerLost, times: null);
        var visitor = await LetInAsync(Visitor.EnterAsync(chromium.Browser, server.Address));
        await SetUpPage.MakeFirstAccountAsync(visitor, Studio.Mara, await server.SetUpCodeAsync());
        var create = new CreatePage(visitor.Page);
        var model = providers.Models.Single(name => name.StartsWith("runway/", StringComparison.Ordinal));
        await visitor.GoAsync($"/?model={Uri.EscapeDataString(model)}");
        await create.GenerateAsync(Found);
        var job = new JobPage(visitor.Page);

        await OpenAsync(create, Found);
        await job.DecideAsync("I have its Runway job id");
        await Looks.AreSoundAsync(visitor.Page, "Job, deciding about an unconfirmed one");
        await job.Dialog.GetByLabel("Runway job id", new LocatorGetByLabelOptions { Exact = true }).FillAsync(TheirIdOf(providers, Found));
        await job.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Follow this job" }).ClickAsync();
        await Expect(job.Video).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 60_000 });
        await Expect(job.History.Filter(new LocatorFilterOptions { HasText = "Unconfirmed → Generating" })).ToContainTextAsync(Studio.Mara.Name);

        await visitor.GoAsync($"/?model={Uri.EscapeDataString(model)}");
        await create.GenerateAsync(Lost);
        await OpenAsync(create, Lost);
        await job.DecideAsync("Close it as failed");
        await job.Dialog.GetByLabel("Why (kept in the history)").FillAsync("Not in their dashboard.");
        await job.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close it as failed" }).ClickAsync();
        await Expect(job.History.First).ToContainTextAsync("Unconfirmed → Failed");
        await Expect(job.History.First).ToContainTextAsync("Not in their dashboard.");
        await Expect(job.State.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Retry" })).ToBeVisibleAsync();

        Assert.All([Found, Lost], prompt => Assert.Single(CreatesOf(providers, prompt)));
        visitor.TolerateLostConnection();
    }

    private static async Task OpenAsync(CreatePage create, string prompt)
    {
        var decide = create.Cards(prompt).GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Decide" });
        await decide.ClickAsync(new LocatorClickOptions { Timeout = 60_000 });
    }

    private static IEnumerable<string?> CreatesOf(SimulatedProviders providers, string prompt) => providers.Simulator.Ledger
        .Entries("runway", Operation.Create)
        .Where(entry => string.Equals(entry.Prompt, prompt, StringComparison.Ordinal))
        .Select(entry => entry.Outcome?.JobId);

    private static string TheirIdOf(SimulatedProviders providers, string prompt) => CreatesOf(providers, prompt).Single()!;
}
