using Microsoft.Playwright;

namespace VideoGen.Tests.Browser.Pages;

/// <summary>One job: its state, its steps and its history.</summary>
internal sealed class JobPage(IPage page)
{
    public ILocator State => page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "State" });

    public ILocator Steps => page.GetByRole(AriaRole.List, new PageGetByRoleOptions { Name = "Steps" }).GetByRole(AriaRole.Listitem);

    /// <summary>Newest first.</summary>
    public ILocator History => page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "History" }).GetByRole(AriaRole.Listitem);

    public ILocator Video => page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "The video" }).GetByRole(AriaRole.Link);

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    /// <summary>Opens the question about an unconfirmed job and chooses an answer without giving it yet.</summary>
    public async Task DecideAsync(string answer)
    {
        await State.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Decide" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = answer }).CheckAsync();
    }

    public Task RunAgainAsync() => State.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Run again" }).ClickAsync();

    public Task CancelAsync() => State.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel the job" }).ClickAsync();
}
