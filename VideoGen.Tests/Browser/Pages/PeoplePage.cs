using Microsoft.Playwright;

namespace VideoGen.Tests.Browser.Pages;

/// <summary>Where administrators manage people.</summary>
internal sealed class PeoplePage(IPage page)
{
    public ILocator Name => page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true });

    public ILocator Email => page.GetByLabel("E-mail", new PageGetByLabelOptions { Exact = true });

    public ILocator Rows => page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row);

    private ILocator Form => page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Add a person" });

    public async Task TryToAddAsync(string name, string email)
    {
        if (!await Form.IsVisibleAsync())
        {
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add a person" }).ClickAsync();
        }

        await Name.FillAsync(name);
        await Email.FillAsync(email);
        await Form.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Add the person" }).ClickAsync();
    }

    /// <returns>The one-time password to hand over.</returns>
    public async Task<string> AddAsync(string name, string email)
    {
        await TryToAddAsync(name, email);
        return await page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = $"One-time password of {name}" }).Locator("code").InnerTextAsync();
    }
}
