using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VideoGen.Tests.Browser.Pages;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>
/// Photographs every page of a studio in use, to be looked at by people. Only scripts/screenshots runs it; VIDEOGEN_SCREENSHOTS
/// names the folder.
/// </summary>
[Collection(BrowserCollection.Name)]
[Trait("Category", "Screenshots")]
public sealed class Screenshots(Chromium chromium)
{
    private static readonly int[] Widths = [390, 768, 1440];

    private static readonly string[] Prompts =
    [
        "A paper boat drifts through a flooded library at night",
        "First light on the north face, fresh snow, no wind",
        "Neon rain over a quiet crossing",
        "Lanternfish drift up from the deep in slow circles",
        "Balloons over the harbour at sunrise 🎈",
    ];

    private static string Folder => Environment.GetEnvironmentVariable("VIDEOGEN_SCREENSHOTS")
        ?? throw new InvalidOperationException("VIDEOGEN_SCREENSHOTS must name a folder.");

    [Fact(Explicit = true)]
    public async Task EveryPage_InEveryLook_IsPhotographed()
    {
        await using var server = await StudioServer.StartAsync();
        await using var stranger = await Visitor.EnterAsync(chromium.Browser, server.Address);
        await stranger.Page.GotoAsync("/setup");
        await TakeAsync(stranger.Page, "setup");
        await SetUpPage.MakeFirstAccountAsync(stranger, Studio.Mara, await server.SetUpCodeAsync());
        await using var visitor = await Visitor.EnterAsync(chromium.Browser, server.Address, await stranger.Page.Context.StorageStateAsync());
        await stranger.Page.Context.ClearCookiesAsync();
        await stranger.Page.GotoAsync("/sign-in");
        await TakeAsync(stranger.Page, "sign-in");

        await TakeAsync(visitor, "/", "create-empty");
        await TakeAsync(visitor, "/gallery", "gallery-empty");
        var video = await MakeVideosAsync(visitor);
        await TakeAsync(visitor, "/gallery", "gallery");
        await TakeAsync(visitor, video, "video");
        await TakeAsync(visitor, await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Open the job" }).GetAttributeAsync("href") ?? "/", "job-done");
        await TakeAsync(visitor, "/admin/people", "people");
        await TakeAsync(visitor, "/admin/storage", "storage");
        await visitor.Page.GotoAsync("/account");
        await TakeAsync(visitor.Page, "account");
        await visitor.Page.GotoAsync("/not-found");
        await TakeAsync(visitor.Page, "not-found");
        await visitor.Page.GotoAsync("/error");
        await TakeAsync(visitor.Page, "error");
        await TakeRunningAsync(visitor);
    }

    private static async Task<string> MakeVideosAsync(Visitor visitor)
    {
        await visitor.GoAsync("/");
        var create = new CreatePage(visitor.Page);
        await create.ChooseAsync("Length", "2 s");
        string video = "";
        foreach (var prompt in Prompts)
        {
            await create.GenerateAsync(prompt);
            await Expect(create.Finished(prompt)).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 120_000 });
            video = await create.Finished(prompt).GetAttributeAsync("href") ?? "";
        }

        return video;
    }

    // Long enough to be still running when the last picture is taken; then it is stopped.
    private static async Task TakeRunningAsync(Visitor visitor)
    {
        await visitor.GoAsync("/");
        var create = new CreatePage(visitor.Page);
        await create.ChooseAsync("Size", "1080p");
        await create.ChooseAsync("Length", "20 s");
        await create.ChooseAsync("Frame rate", "60 fps");
        await create.Videos.FillAsync("3");
        await create.GenerateAsync("Storm light over the dunes, the sand moves like water");
        await Expect(create.Jobs.GetByRole(AriaRole.Progressbar).First).ToHaveAttributeAsync("aria-valuenow", new Regex("[1-9]", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await TakeAsync(visitor.Page, "create-running");

        var jobs = await create.Jobs.Locator("li.job a[href^='/jobs/']").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        await TakeAsync(visitor, jobs[0], "job-running");
        foreach (var job in jobs)
        {
            await visitor.GoAsync(job);
            await new JobPage(visitor.Page).CancelAsync();
            await Expect(new JobPage(visitor.Page).State).ToContainTextAsync("Stopped by you.");
        }

        await TakeAsync(visitor.Page, "job-cancelled");
    }

    private static async Task TakeAsync(Visitor visitor, string address, string name)
    {
        await visitor.GoAsync(address);
        await TakeAsync(visitor.Page, name);
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            foreach (var width in Widths)
            {
                await page.SetViewportSizeAsync(width, width < 768 ? 844 : 900);
                var file = string.Create(CultureInfo.InvariantCulture, $"{name}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png");
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, file) });
            }
        }

        await page.SetViewportSizeAsync(1440, 900);
    }
}
