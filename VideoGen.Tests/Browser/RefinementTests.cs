using Microsoft.Playwright;
using VideoGen.Tests.Browser.Pages;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>A prompt longer than the model takes, on a server without a chat key.</summary>
[Trait("Req", "R-04")]
public sealed class RefinementTests(Studio studio) : BrowserTest, IClassFixture<Studio>
{
    private const string Title = "A lighthouse over a stormy sea";
    private const string Gulls = " Gulls circle above the waves..";

    // 310 characters for a model that takes 300.
    private static readonly string Long = $"{Title}.{string.Concat(Enumerable.Repeat(Gulls, 9))}";

    private static readonly string Shortened = Long[..^Gulls.Length];

    [Fact]
    public async Task Prompt_TooLong_IsShortenedSeenUsedAndBothAreKept()
    {
        var visitor = await LetInAsync(studio.NewcomerAsync("Lena Long"));
        await visitor.GoAsync("/");
        var create = new CreatePage(visitor.Page);
        await create.ChooseQuickAsync();
        await create.Prompt.FillAsync(Long);
        await Expect(create.Refinement("10 characters too long for Title sequence")).ToBeVisibleAsync();
        await Looks.AreSoundAsync(visitor.Page, "Create, too long");

        await create.PressAsync("Shorten it");
        var card = create.Refinement("Shortened to fit: 279 characters");
        await Expect(card).ToContainTextAsync("Shortened here, without a language model.");
        await Expect(card.Locator("del")).ToHaveTextAsync(Gulls.Trim());
        await Looks.AreSoundAsync(visitor.Page, "Create, changes");
        await card.GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = "Side by side" }).CheckAsync();
        await Looks.AreSoundAsync(visitor.Page, "Create, side by side");

        await create.PressAsync("Use refined");
        await Expect(create.Prompt).ToHaveValueAsync(Shortened);
        await create.PressAsync("See changes");
        await Expect(visitor.Page.Locator("#ref-seen del")).ToBeVisibleAsync();
        await Looks.AreSoundAsync(visitor.Page, "Create, refined in use");

        await create.Generate.ClickAsync();
        var video = create.Finished(Title).First;
        await Expect(video).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 90_000 });
        await video.ClickAsync();
        await ShowsBothAsync(visitor.Page);
        await Looks.AreSoundAsync(visitor.Page, "Video, refined prompt");
    }

    private static async Task ShowsBothAsync(IPage page)
    {
        await Expect(TextNamed("Text of the prompt")).ToHaveTextAsync(Shortened);
        await page.GetByText("Before it was refined").ClickAsync();
        await Expect(TextNamed("Text before it was refined")).ToHaveTextAsync(Long);
        await page.GetByText("Changes, word by word").ClickAsync();
        await Expect(TextNamed("Changes, word by word").Locator("del")).ToBeVisibleAsync();

        ILocator TextNamed(string name) => page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = name, Exact = true });
    }
}
