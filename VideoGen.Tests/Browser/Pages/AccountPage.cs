using Microsoft.Playwright;

namespace VideoGen.Tests.Browser.Pages;

/// <summary>A person's own account.</summary>
internal sealed class AccountPage(IPage page)
{
    public ILocator Current => page.GetByLabel("Password now", new PageGetByLabelOptions { Exact = true });

    public ILocator Wanted => page.GetByLabel("New password", new PageGetByLabelOptions { Exact = true });

    public async Task ChangePasswordAsync(string current, string wanted)
    {
        await Current.FillAsync(current);
        await Wanted.FillAsync(wanted);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change password" }).ClickAsync();
    }
}
