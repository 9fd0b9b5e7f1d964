using Microsoft.Playwright;
using VideoGen.Tests.Browser.Pages;
using VideoGen.Tests.Media;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>Bad input in each field of the form: a message beside the field, and nothing is created.</summary>
[Trait("Req", "R-06")]
public sealed class CreateFormTests(Studio studio) : BrowserTest, IClassFixture<Studio>
{
    [Fact]
    public async Task Prompt_Empty_IsAskedFor()
    {
        var (visitor, create) = await OpenAsync();

        await Expect(create.Generate).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(create.Generate).ToHaveAccessibleDescriptionAsync("Write a prompt first.");
        await create.Prompt.FillAsync("  ");
        await create.Prompt.PressAsync("Control+Enter");

        await Forms.RefusesAsync(create.Prompt, "Write a prompt first.");
        await NothingIsCreatedAsync(visitor);
    }

    [Fact]
    public async Task Prompt_TooLong_SaysByHowMuch()
    {
        var (visitor, create) = await OpenAsync();

        await create.Prompt.FillAsync(new string('a', 310));
        await Expect(create.Generate).ToHaveAccessibleDescriptionAsync("The prompt is 10 characters too long for Title sequence.");
        await create.Prompt.PressAsync("Control+Enter");

        await Forms.RefusesAsync(create.Prompt, "Shorten it by 10.");
        await NothingIsCreatedAsync(visitor);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("4294967296")]
    public async Task Seed_NoWholeNumberInRange_IsRefused(string seed)
    {
        var (visitor, create) = await OpenAsync();

        await create.Seed.FillAsync(seed);
        await create.GenerateAsync("A seed that is none");

        await Forms.RefusesAsync(create.Seed, "A seed is a whole number from 0 to 4294967295.");
        await NothingIsCreatedAsync(visitor);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("5")]
    [InlineData("two")]
    [InlineData("")]
    public async Task Videos_NotWithinTheModelsLimit_IsRefused(string videos)
    {
        var (visitor, create) = await OpenAsync();

        await create.Videos.FillAsync(videos);
        await create.GenerateAsync("As many as there are not");

        await Forms.RefusesAsync(create.Videos, "Choose 1 to 4 videos.");
        await NothingIsCreatedAsync(visitor);
    }

    [Fact]
    public async Task ReferenceImage_TextNamedPng_IsRefused()
    {
        var (visitor, create) = await OpenAsync();

        await (await create.ReferenceImageAsync()).SetInputFilesAsync(new FilePayload { Name = "holiday.png", MimeType = "image/png", Buffer = "no picture at all"u8.ToArray() });

        await Expect(visitor.Page.Locator("#ref-err")).ToBeVisibleAsync();
        await Expect(create.ReferenceImage).ToHaveAccessibleDescriptionAsync(await visitor.Page.Locator("#ref-err").InnerTextAsync());
        await NothingIsCreatedAsync(visitor);
    }

    [Fact]
    [Trait("Req", "R-01")]
    public async Task ReferenceImage_Picture_IsShownAndCanBeRemoved()
    {
        var (visitor, create) = await OpenAsync();
        using var folder = new TestFolder();
        var picture = folder.PathOf("meadow.png");
        SampleVideo.Ffmpeg("-f", "lavfi", "-i", "testsrc=size=320x180", "-frames:v", "1", picture);

        await (await create.ReferenceImageAsync()).SetInputFilesAsync(picture);
        var thumbnail = visitor.Page.Locator(".ref img");
        await Expect(thumbnail).ToBeVisibleAsync();
        await Expect(thumbnail).ToHaveJSPropertyAsync("naturalWidth", 320);
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove reference image meadow.png" }).ClickAsync();

        await Expect(thumbnail).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("Req", "R-03")]
    public async Task Model_RetiredOrWithoutKey_CannotBeChosen()
    {
        var (visitor, _) = await OpenAsync();
        await visitor.Page.GetByText("2 models not available here").ClickAsync();

        var models = visitor.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Model" }).GetByRole(AriaRole.Radio);
        await Expect(models).ToHaveCountAsync(3);
        await Expect(models.Nth(0)).ToBeCheckedAsync();
        await Expect(models.Nth(1)).ToBeDisabledAsync();
        await Expect(models.Nth(1)).ToHaveAccessibleDescriptionAsync("Retired 24 Sep 2026. Use Title sequence instead.");
        await Expect(models.Nth(2)).ToBeDisabledAsync();
        await Expect(models.Nth(2)).ToHaveAccessibleDescriptionAsync("No key set up (Providers:Runway:ApiKey)");
    }

    private async Task<(Visitor Visitor, CreatePage Create)> OpenAsync()
    {
        var visitor = await LetInAsync(studio.MaraAsync());
        await visitor.GoAsync("/");
        return (visitor, new CreatePage(visitor.Page));
    }

    // As the page says, and as it says again when it has asked the database afresh.
    private static async Task NothingIsCreatedAsync(Visitor visitor)
    {
        await Expect(new CreatePage(visitor.Page).Jobs).ToContainTextAsync("Nothing is running");
        await visitor.Page.ReloadAsync();
        await Expect(new CreatePage(visitor.Page).Jobs).ToContainTextAsync("Nothing is running");
        await Expect(new CreatePage(visitor.Page).Jobs.GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
    }
}
