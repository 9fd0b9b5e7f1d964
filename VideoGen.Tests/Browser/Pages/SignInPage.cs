using Microsoft.Playwright;

namespace VideoGen.Tests.Browser.Pages;

/// <summary>Where people sign in.</summary>
internal sealed class SignInPage(IPage page)
{
    public ILocator Email => page.GetByLabel("E-mail");

    public ILocator Password => page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true });

    public ILocator Submit => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in", Exact = true });

    public async Task SignInAsync(string email, string password)
    {
        await page.GotoAsync("/sign-in");
        await Email.FillAsync(email);
        await Password.FillAsync(password);
        await Submit.ClickAsync();
    }
}
