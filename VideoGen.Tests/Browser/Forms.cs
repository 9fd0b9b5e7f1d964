using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>What a form owes to those who fill it in.</summary>
internal static class Forms
{
    /// <summary>Sends what the browser itself would hold back, so that the server has to answer.</summary>
    public static Task SkipBrowserChecksAsync(IPage page) =>
        page.EvaluateAsync("() => { for (const form of document.forms) form.noValidate = true; }");

    /// <summary>The field is marked, its message can be seen, and whoever cannot see hears it with the field.</summary>
    public static async Task RefusesAsync(ILocator field, string message)
    {
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await DescribesAsync(field, message);
    }

    /// <summary>The message belongs to the field.</summary>
    public static async Task DescribesAsync(ILocator field, string message)
    {
        await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex(Regex.Escape(message), RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(field.Page.Locator("p.err").Filter(new LocatorFilterOptions { HasText = message })).ToBeVisibleAsync();
    }
}
