using Bunit;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Repair;
using VideoGen.Web.Components.Pages.Admin;
using VideoGen.Web.Repair;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Components.Pages;

public sealed class StoragePageTests(SqliteDatabase database) : RepairTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Page_NeverChecked_SaysWhenTheFirstCheckRuns()
    {
        await using var page = OpenAs(StartStudio());

        var storage = page.Browser.Render<StoragePage>();

        Assert.Contains("A folder of this server", storage.Markup, StringComparison.Ordinal);
        Assert.Contains("Nothing has been looked at yet", storage.Find(".none").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_CheckedAndFine_SaysThatNothingIsWrong()
    {
        var studio = StartStudio();
        await AddVideoAsync(studio);
        await RepairAsync(studio);
        await using var page = OpenAs(studio);

        var storage = page.Browser.Render<StoragePage>();

        Assert.Equal("Nothing is wrong", storage.Find(".none").TextContent.Trim());
        Assert.Contains("1 video, ", storage.Markup, StringComparison.Ordinal);
        Assert.Contains("all 1 looked at", storage.Markup, StringComparison.Ordinal);
        Assert.Empty(storage.FindAll("table"));
    }

    [Fact]
    public async Task Page_WithFindings_ShowsEachWithItsOwnerAndOneNextStep()
    {
        var studio = StartStudio();
        File.Delete(PathOf(studio, (await AddVideoAsync(studio)).StoreKey));
        Place(studio, StoreKeys.Video(Guid.NewGuid(), Guid.NewGuid(), 0));
        await RepairAsync(studio);
        await using var page = OpenAs(studio);

        var storage = page.Browser.Render<StoragePage>();

        var rows = storage.FindAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        var missing = Assert.Single(rows, row => row.Contains("File missing", StringComparison.Ordinal));
        Assert.Contains("Test person", missing, StringComparison.Ordinal);
        Assert.Contains("Put the file back from a backup", missing, StringComparison.Ordinal);
        Assert.Contains("Not known", Assert.Single(rows, row => row.Contains("File without a row", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("2 findings", storage.Find(".head").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_StoreDown_SaysThatItCouldNotBeLookedAt()
    {
        var studio = StartStudio();
        studio.Store.IsDown = true;
        await AddAsync(Domain.Jobs.JobStatus.Completed);
        await RepairAsync(studio);
        await using var page = OpenAs(studio);

        var storage = page.Browser.Render<StoragePage>();

        Assert.Contains("Could not be looked at", storage.Markup, StringComparison.Ordinal);
        Assert.Contains("Nothing was found in what could be looked at", storage.Find(".none").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is wrong", storage.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckNow_AndThePassEnds_ShowsWhatItFound()
    {
        var studio = StartStudio();
        File.Delete(PathOf(studio, (await AddVideoAsync(studio)).StoreKey));
        await using var page = OpenAs(studio, await AddAdminAsync());
        var storage = page.Browser.Render<StoragePage>();

        await storage.Find("button.primary").ClickAsync(new());
        Assert.Equal("true", storage.Find("button.primary").GetAttribute("aria-disabled"));
        await RepairAsync(studio);

        await storage.WaitForAssertionAsync(() => Assert.Contains("File missing", storage.Find("tbody tr").TextContent, StringComparison.Ordinal));
        Assert.Null(storage.Find("button.primary").GetAttribute("aria-disabled"));
        Assert.Equal("Checked: 1 finding", page.Announcer.Toast?.Text);
    }

    [Fact]
    public async Task CheckNow_OneRunsAlready_SaysSo()
    {
        var studio = StartStudio();
        await using var page = OpenAs(studio, await AddAdminAsync());
        var storage = page.Browser.Render<StoragePage>();
        Assert.True(await studio.Get<RepairTurns>().TryTakeAsync(CancellationToken.None));

        await storage.Find("button.primary").ClickAsync(new());

        Assert.Contains("A check is running already", storage.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Running", storage.Find("header .st").TextContent, StringComparison.Ordinal);
    }

    private PageHarness OpenAs(EngineHarness studio, Guid? admin = null) => new(studio, admin ?? OwnerId, admin: true, others: services =>
    {
        services.AddSingleton(studio.Get<StoreOverviewQuery>());
        services.AddSingleton(studio.Get<StartRepairCommand>());
        services.AddSingleton(studio.Get<RepairNews>());
    });
}
