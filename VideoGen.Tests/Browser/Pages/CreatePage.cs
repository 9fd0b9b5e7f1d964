using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser.Pages;

/// <summary>The form for new videos with the person's jobs beside it.</summary>
internal sealed class CreatePage(IPage page)
{
    public ILocator Prompt => page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = "Prompt", Exact = true });

    public ILocator Videos => page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = "Videos", Exact = true });

    public ILocator Seed => page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = "Seed", Exact = true });

    public ILocator ReferenceImage => page.GetByLabel("Reference image", new PageGetByLabelOptions { Exact = true });

    public ILocator Generate => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Generate" });

    /// <summary>What is said and offered about a prompt that is too long.</summary>
    public ILocator Refinement(string title) => page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = title, Exact = true });

    /// <summary>The jobs that need the person, run, wait, or finished today.</summary>
    public ILocator Jobs => page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "My jobs" });

    /// <summary>The cards of jobs with this prompt that have not finished.</summary>
    public ILocator Cards(string prompt) =>
        Jobs.Locator("li.job").Filter(new LocatorFilterOptions { Has = page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = prompt, Exact = true }) });

    /// <summary>The links to finished videos with this prompt.</summary>
    public ILocator Finished(string prompt) => Jobs.Locator("a[href^='/videos/']").Filter(new LocatorFilterOptions { HasText = prompt });

    /// <summary>Chooses one of the settings by its words, such as "Length", "2 s".</summary>
    public Task ChooseAsync(string setting, string option) => page
        .GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = setting, Exact = true })
        .GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = option, Exact = true })
        .CheckAsync();

    /// <summary>The field for the reference image once the page listens to it (Blazor marks it then): a file put there earlier is not noticed, and no person is that quick.</summary>
    public async Task<ILocator> ReferenceImageAsync()
    {
        var field = await ReferenceImage.ElementHandleAsync();
        await page.WaitForFunctionAsync("field => '_blazorInputFileNextFileId' in field", field);
        return ReferenceImage;
    }

    /// <summary>Asks for something that is made in a moment.</summary>
    public async Task ChooseQuickAsync()
    {
        await ChooseAsync("Size", "180p");
        await ChooseAsync("Length", "2 s");
    }

    /// <summary>Asks for something that keeps the machine busy for as long as a test may need.</summary>
    public async Task ChooseSlowAsync()
    {
        await ChooseAsync("Size", "720p");
        await ChooseAsync("Length", "20 s");
        await ChooseAsync("Frame rate", "60 fps");
    }

    /// <summary>Presses one of the buttons that stand about the prompt.</summary>
    public Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    public async Task GenerateAsync(string prompt)
    {
        await Prompt.FillAsync(prompt);
        await Generate.ClickAsync();
    }

    /// <summary>Makes a small video and waits until it is there.</summary>
    /// <returns>Its address.</returns>
    public async Task<string> MakeVideoAsync(string prompt)
    {
        await ChooseQuickAsync();
        await GenerateAsync(prompt);
        var video = Finished(prompt).First;
        await Expect(video).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 90_000 });
        return (await video.GetAttributeAsync("href"))!;
    }
}
