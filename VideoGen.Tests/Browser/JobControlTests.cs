using Microsoft.Playwright;
using VideoGen.Tests.Browser.Pages;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>Following jobs and taking them in hand.</summary>
public sealed class JobControlTests(Studio studio) : BrowserTest, IClassFixture<Studio>
{
    [Fact]
    [Trait("Req", "R-12")]
    [Trait("Req", "R-13")]
    public async Task Job_FollowedInTwoTabs_ShowsTheSameInBoth()
    {
        const string prompt = "Two windows with one view";
        var visitor = await LetInAsync(studio.NewcomerAsync("Tia Tabs"));
        await visitor.GoAsync("/");
        var first = new CreatePage(visitor.Page);
        var second = new CreatePage(await visitor.OpenTabAsync("/"));
        await first.ChooseAsync("Size", "720p");
        await first.ChooseAsync("Length", "4 s");
        await first.GenerateAsync(prompt);

        // At the same moment one tab may be a message ahead, so the moments count in which both show a number.
        HashSet<string> agreed = [];
        await Eventually.HoldsAsync(
            async () =>
            {
                var said = await Task.WhenAll(ProgressAsync(first), ProgressAsync(second));
                if (said[0] is { } progress && string.Equals(progress, said[1], StringComparison.Ordinal))
                {
                    agreed.Add(progress);
                }

                return await first.Finished(prompt).CountAsync() == 1;
            },
            TimeSpan.FromSeconds(120));

        Assert.True(agreed.Count >= 3, $"Both tabs agreed only on {string.Join(", ", agreed)}.");
        await Expect(second.Finished(prompt)).ToHaveCountAsync(1);
        await Expect(second.Cards(prompt)).ToHaveCountAsync(0);
        Assert.Equal(await first.Finished(prompt).GetAttributeAsync("href"), await second.Finished(prompt).GetAttributeAsync("href"));

        static async Task<string?> ProgressAsync(CreatePage create)
        {
            var values = await create.Jobs.GetByRole(AriaRole.Progressbar).EvaluateAllAsync<string[]>("bars => bars.map(bar => bar.getAttribute('aria-valuenow'))");
            return values is [var only] ? only : null;
        }
    }

    [Fact]
    [Trait("Req", "R-42")]
    [Trait("Req", "R-43")]
    public async Task Cancel_RunningJob_StopsItAndItCanBeRunAgain()
    {
        const string prompt = "A train that stops and goes on";
        var visitor = await LetInAsync(studio.NewcomerAsync("Cara Cancel"));
        await visitor.GoAsync("/");
        var create = new CreatePage(visitor.Page);
        await create.ChooseAsync("Size", "720p");
        await create.ChooseAsync("Length", "4 s");
        await create.GenerateAsync(prompt);
        var card = create.Cards(prompt);
        await Expect(card.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        var address = await card.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = prompt }).GetAttributeAsync("href");

        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = $"Cancel: {prompt}" }).ClickAsync();
        await Expect(card).ToHaveCountAsync(0);

        await visitor.GoAsync(address!);
        var job = new JobPage(visitor.Page);
        await Expect(job.State).ToContainTextAsync("Cancelled");
        await Expect(job.Steps).ToHaveCountAsync(5);
        await Expect(job.Steps.Filter(new LocatorFilterOptions { HasText = "stopped here" })).ToHaveCountAsync(1);
        await Expect(job.History.First).ToContainTextAsync("Generating → Cancelled");

        await job.RunAgainAsync();
        await Expect(job.Video).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 120_000 });
        await Expect(job.State).ToContainTextAsync("Done");
        await Expect(job.History.First).ToContainTextAsync("Saving → Done");
        await Expect(job.History.Filter(new LocatorFilterOptions { HasText = "Cancelled → Queued" })).ToHaveCountAsync(1);
        await Expect(job.Steps.Filter(new LocatorFilterOptions { HasText = "finished" })).ToHaveCountAsync(5);
    }

    [Fact]
    [Trait("Req", "R-12")]
    [Trait("Req", "R-30")]
    public async Task Gallery_OpenWhileVideosFinish_ShowsThemByItself()
    {
        var visitor = await LetInAsync(studio.NewcomerAsync("Gala Gallery"));
        await visitor.GoAsync("/");
        var gallery = await visitor.OpenTabAsync("/gallery");
        await Expect(gallery.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "No videos yet" })).ToBeVisibleAsync();
        var posters = gallery.Locator("a[data-preview]");

        await new CreatePage(visitor.Page).MakeVideoAsync("The first of its kind");
        await Expect(posters).ToHaveCountAsync(1);
        var address = await new CreatePage(visitor.Page).MakeVideoAsync("The second of its kind");
        await Expect(posters).ToHaveCountAsync(2);
        await Expect(posters.First).ToContainTextAsync("The second of its kind");
        await Expect(posters.First).ToHaveAttributeAsync("href", address);

        await posters.First.HoverAsync();
        await gallery.WaitForFunctionAsync("() => document.querySelector('a[data-preview] video')?.currentTime > 0.2");
        await posters.Last.HoverAsync();
        await Expect(posters.First.Locator("video")).ToHaveCountAsync(0);
    }
}
