using Microsoft.Playwright;
using VideoGen.Tests.Browser.Pages;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>The whole path on a server with nothing configured: from the printed code to a kept, playable video.</summary>
public sealed class MainJobTests(Chromium chromium) : BrowserTest
{
    private const string Prompt = "Ein Leuchtturm über stürmischer See, Möwen am öden Kai 🌊";

    [Fact]
    [Trait("Req", "R-01")]
    [Trait("Req", "R-10")]
    [Trait("Req", "R-12")]
    [Trait("Req", "R-13")]
    [Trait("Req", "R-20")]
    [Trait("Req", "R-25")]
    [Trait("Req", "R-50")]
    [Trait("Req", "R-70")]
    public async Task Studio_FromCodeToVideo_KeepsWhatWasAskedFor()
    {
        await using var server = await StudioServer.StartAsync();
        var visitor = await LetInAsync(Visitor.EnterAsync(chromium.Browser, server.Address));
        var page = visitor.Page;
        await SetUpPage.MakeFirstAccountAsync(visitor, Studio.Mara, await server.SetUpCodeAsync());

        var create = new CreatePage(page);
        await create.Videos.FillAsync("2");
        await FollowsByItsWebSocketAloneAsync(visitor, create);

        await create.Finished(Prompt).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = Prompt, Level = 1 })).ToBeVisibleAsync();
        await PlaysAndSeeksAsync(visitor);
        await KeptAsAskedForAsync(server);

        await page.ReloadAsync();
        await new VideoPage(page).PlayAsync();

        await page.EvaluateAsync("() => { window.before = true; }");
        visitor.TolerateLostConnection();
        Assert.Equal(0, await server.StopAsync());
        await server.StartAgainAsync();
        await page.WaitForFunctionAsync("() => !window.before");
        await Visitor.AliveAsync(page);
        await new VideoPage(page).PlayAsync();
    }

    // From the click to the second finished video the browser asks for nothing but the pictures of what is finished.
    private static async Task FollowsByItsWebSocketAloneAsync(Visitor visitor, CreatePage create)
    {
        await ProgressWatch.BeginAsync(visitor.Page);
        await create.Prompt.FillAsync(Prompt);
        var asked = visitor.Requests.Count;

        await create.Generate.ClickAsync();
        await Expect(create.Finished(Prompt)).ToHaveCountAsync(2, new LocatorAssertionsToHaveCountOptions { Timeout = 180_000 });

        var requests = visitor.Requests.Skip(asked).Where(path => !path.StartsWith("/media/posters/", StringComparison.Ordinal) && !path.StartsWith("/media/videos/", StringComparison.Ordinal));
        Assert.Empty(requests);
        Assert.Equal(["/_blazor"], visitor.Sockets);

        var seen = await ProgressWatch.SeenAsync(visitor.Page);
        Assert.Equal(2, seen.Count);
        Assert.All(seen.Values, values =>
        {
            Assert.Equal(values.Order(), values);
            Assert.True(values.Distinct().Count() >= 5, $"Only {string.Join(", ", values)} arrived.");
        });
    }

    private static async Task PlaysAndSeeksAsync(Visitor visitor)
    {
        var ranges = new List<int>();
        visitor.Page.Response += (_, response) =>
        {
            if (response.Url.Contains("/media/videos/", StringComparison.Ordinal) && response.Request.Headers.Keys.Contains("range", StringComparer.Ordinal))
            {
                ranges.Add(response.Status);
            }
        };
        await visitor.Page.ReloadAsync();
        var video = new VideoPage(visitor.Page);
        await video.PlayAsync();
        await video.SeekAsync(await video.DurationAsync() - 0.3);
        Assert.NotEmpty(ranges);
        Assert.All(ranges, status => Assert.Equal(206, status));

        var source = (await video.Player.GetAttributeAsync("src"))!;
        var part = await visitor.Page.APIRequest.GetAsync(source, new APIRequestContextOptions { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Range"] = "bytes=1000-1099" } });
        Assert.Equal(206, part.Status);
        Assert.Equal(100, (await part.BodyAsync()).Length);
    }

    private static async Task KeptAsAskedForAsync(StudioServer server)
    {
        var stored = await StoredVideo.AllAsync(server.DataRoot);

        Assert.Equal(2, stored.Count);
        Assert.All(stored, video =>
        {
            Assert.Equal(("h264", 1280, 720), (video.Codec, video.Width, video.Height));
            Assert.InRange(video.Seconds, 5.8, 6.2);
        });
        Assert.NotEqual(stored[0].Hash, stored[1].Hash, StringComparer.Ordinal);
    }
}
