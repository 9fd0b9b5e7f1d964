using Microsoft.Playwright;
using VideoGen.Tests.Browser.Pages;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>Every page in each of its states: accessible, in both themes, on a screen and on a phone.</summary>
public sealed class LooksTests(Chromium chromium, Studio studio) : BrowserTest, IClassFixture<Studio>
{
    private const string LongPrompt =
        "A long slow tracking shot through a flooded library at night, green lamps under the water, a paper boat drifts between the shelves while rain falls through the broken dome";

    [Fact]
    public async Task SetUp_EmptyAndRefused_LooksSound()
    {
        await using var server = await StudioServer.StartAsync();
        var visitor = await LetInAsync(Visitor.EnterAsync(chromium.Browser, server.Address));
        await visitor.Page.GotoAsync("/setup");
        await Looks.AreSoundAsync(visitor.Page, "Set-up");

        await Forms.SkipBrowserChecksAsync(visitor.Page);
        await new SetUpPage(visitor.Page).Submit.ClickAsync();
        await Expect(visitor.Page.GetByText("Write a name.")).ToBeVisibleAsync();
        await Looks.AreSoundAsync(visitor.Page, "Set-up, refused");
    }

    [Fact]
    public async Task PagesForStrangers_LookSound()
    {
        var visitor = await LetInAsync(studio.StrangerAsync());
        await new SignInPage(visitor.Page).SignInAsync("nobody@halden.example", "no such password");
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Looks.AreSoundAsync(visitor.Page, "Sign-in, refused");

        await visitor.Page.GotoAsync("/error");
        await Looks.AreSoundAsync(visitor.Page, "Error");

        visitor.Tolerate("404");
        await visitor.Page.GotoAsync("/not-found");
        await Looks.AreSoundAsync(visitor.Page, "Not found, for strangers");
    }

    [Fact]
    public async Task PagesOfNewcomer_LookSound()
    {
        var visitor = await LetInAsync(studio.NewcomerAsync("Nele New"));
        await visitor.GoAsync("/");
        await Looks.AreSoundAsync(visitor.Page, "Create, nothing running");

        await visitor.GoAsync("/gallery");
        await Looks.AreSoundAsync(visitor.Page, "Gallery, empty");

        visitor.Tolerate("404");
        await visitor.Page.GotoAsync("/not-found");
        await Looks.AreSoundAsync(visitor.Page, "Not found");
    }

    [Fact]
    public async Task PagesWithRunningJobs_LookSound()
    {
        var visitor = await LetInAsync(studio.NewcomerAsync("Rune Running"));
        await visitor.GoAsync("/");
        var create = new CreatePage(visitor.Page);
        await create.ChooseSlowAsync();
        await create.Videos.FillAsync("2");
        await create.GenerateAsync(LongPrompt);
        var running = create.Cards(LongPrompt).Filter(new LocatorFilterOptions { HasText = "Generating" });
        await Expect(running.Filter(new LocatorFilterOptions { HasText = "%" })).ToBeVisibleAsync();
        await Expect(create.Cards(LongPrompt).Filter(new LocatorFilterOptions { HasText = "Waiting" })).ToBeVisibleAsync();
        await Looks.AreSoundAsync(visitor.Page, "Create, one running and one waiting");

        var addresses = await create.Jobs.Locator("li.job a[href^='/jobs/']").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        foreach (var address in addresses)
        {
            await visitor.GoAsync(address);
            var job = new JobPage(visitor.Page);
            await Looks.AreSoundAsync(visitor.Page, "Job, active");
            await job.CancelAsync();
            await Expect(job.State).ToContainTextAsync("Stopped by you.");
        }

        await Looks.AreSoundAsync(visitor.Page, "Job, cancelled");
    }

    [Fact]
    public async Task PagesWithVideos_LookSound()
    {
        var visitor = await LetInAsync(studio.NewcomerAsync("Vera Videos"));
        await visitor.GoAsync("/");
        var create = new CreatePage(visitor.Page);
        var wide = await create.MakeVideoAsync(LongPrompt);
        await create.ChooseAsync("Shape", "9:16");
        await create.GenerateAsync("A tall lighthouse");
        await Expect(create.Finished("A tall lighthouse")).ToBeVisibleAsync();
        await Looks.AreSoundAsync(visitor.Page, "Create, finished");

        await visitor.GoAsync("/gallery");
        await Looks.AreSoundAsync(visitor.Page, "Gallery");

        await visitor.GoAsync(wide);
        await Looks.AreSoundAsync(visitor.Page, "Video");

        await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Open the job" }).ClickAsync();
        await Expect(new JobPage(visitor.Page).Video).ToBeVisibleAsync();
        await Looks.AreSoundAsync(visitor.Page, "Job, done");
    }

    [Fact]
    public async Task PagesOfAdministrators_LookSound()
    {
        var visitor = await LetInAsync(studio.MaraAsync());
        await visitor.Page.GotoAsync("/account");
        await Looks.AreSoundAsync(visitor.Page, "Account");

        await visitor.GoAsync("/admin/people");
        var people = new PeoplePage(visitor.Page);
        await people.TryToAddAsync("", "");
        await Expect(visitor.Page.GetByText("Write a name.")).ToBeVisibleAsync();
        await Looks.AreSoundAsync(visitor.Page, "People, refused");

        await people.AddAsync("Given Away", "given@halden.example");
        await Looks.AreSoundAsync(visitor.Page, "People, one-time password");

        await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Providers and models" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Runway" })).ToBeVisibleAsync();
        await Looks.AreSoundAsync(visitor.Page, "Providers and models");

        await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Storage" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Integrity check" })).ToBeVisibleAsync();
        await Looks.AreSoundAsync(visitor.Page, "Storage, never checked");
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Check now" }).ClickAsync();
        await Expect(visitor.Page.GetByText("looked at").First).ToBeVisibleAsync();
        await Looks.AreSoundAsync(visitor.Page, "Storage, checked");
    }
}
