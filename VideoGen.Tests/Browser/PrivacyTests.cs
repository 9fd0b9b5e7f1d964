using Microsoft.Playwright;
using VideoGen.Tests.Browser.Pages;
using VideoGen.Tests.Media;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>What belongs to somebody else looks like what does not exist.</summary>
[Trait("Req", "R-50")]
public sealed class PrivacyTests(Studio studio) : BrowserTest, IClassFixture<Studio>
{
    private const string Prompt = "A letter that only Mara may read";

    [Fact]
    public async Task SecondPerson_ForeignAndUnknownIds_SeesTheSameNotFoundPage()
    {
        var mara = await LetInAsync(studio.MaraAsync());
        var (video, job) = await MakeWithReferenceImageAsync(mara);
        string[] own = [$"/videos/{video}", $"/jobs/{job}", $"/media/videos/{video}", $"/media/posters/{video}", $"/media/jobs/{job}/reference"];
        foreach (var address in own)
        {
            Assert.Equal(200, (await mara.Page.APIRequest.GetAsync(address)).Status);
        }

        var tom = await LetInAsync(studio.NewcomerAsync("Tom Second"));
        tom.Tolerate("404");
        await tom.GoAsync("/");
        await Expect(new CreatePage(tom.Page).Jobs).ToContainTextAsync("Nothing is running");
        await tom.GoAsync("/gallery");
        await Expect(tom.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "No videos yet" })).ToBeVisibleAsync();
        await Expect(tom.Page.GetByText(Prompt)).ToHaveCountAsync(0);

        var expected = await NotFoundAsync(tom.Page, $"/videos/{Guid.NewGuid()}");
        string[] unknown = [$"/jobs/{Guid.NewGuid()}", $"/media/videos/{Guid.NewGuid()}", $"/media/posters/{Guid.NewGuid()}", $"/media/jobs/{Guid.NewGuid()}/reference", "/videos/1", "/no-such-page", "/admin/people"];
        foreach (var address in own.Concat(unknown))
        {
            Assert.Equal(expected, await NotFoundAsync(tom.Page, address));
        }
    }

    private static async Task<(string Video, string Job)> MakeWithReferenceImageAsync(Visitor visitor)
    {
        using var folder = new TestFolder();
        var picture = folder.PathOf("letter.png");
        SampleVideo.Ffmpeg("-f", "lavfi", "-i", "testsrc=size=320x180", "-frames:v", "1", picture);

        await visitor.GoAsync("/");
        var create = new CreatePage(visitor.Page);
        await (await create.ReferenceImageAsync()).SetInputFilesAsync(picture);
        await Expect(visitor.Page.GetByText("first frame")).ToBeVisibleAsync();
        var video = await create.MakeVideoAsync(Prompt);
        await visitor.GoAsync(video);
        var job = await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Open the job" }).GetAttributeAsync("href");
        return (video.Split('/')[^1], job!.Split('/')[^1]);
    }

    /// <returns>What the page says, after its status has been checked.</returns>
    private static async Task<string> NotFoundAsync(IPage page, string address)
    {
        var answer = await page.GotoAsync(address);
        Assert.Equal(404, answer!.Status);

        // A page with a circuit would look for the video once more and then go somewhere else.
        Assert.DoesNotContain("<!--Blazor:{\"type\":\"server\"", await answer.TextAsync(), StringComparison.Ordinal);
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "There is nothing here" })).ToBeVisibleAsync();
        return await page.Locator("body").InnerTextAsync();
    }
}
