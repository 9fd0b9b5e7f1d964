using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser.Pages;

/// <summary>Where the first account is made.</summary>
internal sealed class SetUpPage(IPage page)
{
    public ILocator Code => page.GetByLabel("One-time code");

    public ILocator Name => page.GetByLabel("Your name");

    public ILocator Email => page.GetByLabel("E-mail");

    public ILocator Password => page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true });

    public ILocator Submit => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make the account and sign in" });

    public static async Task MakeFirstAccountAsync(Visitor visitor, Somebody somebody, string code)
    {
        await visitor.Page.GotoAsync("/");
        await Expect(visitor.Page).ToHaveURLAsync("/setup");
        var setUp = new SetUpPage(visitor.Page);
        await setUp.FillAsync(code, somebody.Name, somebody.Email, somebody.Password);
        await setUp.Submit.ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync("/");
        await Visitor.AliveAsync(visitor.Page);
    }

    public async Task FillAsync(string code, string name, string email, string password)
    {
        await Code.FillAsync(code);
        await Name.FillAsync(name);
        await Email.FillAsync(email);
        await Password.FillAsync(password);
    }
}
