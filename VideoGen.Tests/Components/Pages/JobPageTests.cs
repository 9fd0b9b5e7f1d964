using Bunit;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Jobs;
using VideoGen.Web.Components.Pages.Gallery;
using VideoGen.Web.Components.Pages.Jobs;

namespace VideoGen.Tests.Components.Pages;

public sealed class JobPageTests(SqliteDatabase database) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    [Trait("Req", "R-44")]
    public async Task Page_FailedJob_SaysWhyAndWhatToDo()
    {
        var job = await AddAsync(JobStatus.Failed);
        await using var page = Open();

        var shown = Render(page, job.Id);

        Assert.Contains("The provider could not make it.", shown.Markup, StringComparison.Ordinal);
        Assert.Equal("Retry · $0.40", shown.Find(".state .btn.primary").TextContent);
        Assert.Equal(4, shown.FindAll(".hist > li").Count);
    }

    [Fact]
    [Trait("Req", "R-04")]
    public async Task Page_RefinedPrompt_ShowsBothAndTheChanges()
    {
        var job = await Database.AddAsync(new GenerationJob(JobSamples.Order(OwnerId) with { Prompt = "A fox runs.", OriginalPrompt = "A red fox runs." }, TestClock.Start));
        await using var page = Open();

        var shown = Render(page, job.Id);

        Assert.Equal("A fox runs.|A red fox runs.", string.Join('|', shown.FindAll("p.pt").Select(text => text.TextContent)));
        Assert.Equal("red ", shown.Find(".diff del").TextContent);
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Page_RawAnswer_IsForAdministrators(bool admin)
    {
        var job = await AddAsync(JobStatus.Failed);
        await using var page = new PageHarness(Start(), OwnerId, admin);

        var shown = Render(page, job.Id);

        Assert.Equal(admin, shown.Markup.Contains("Raw answer of the provider", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Req", "R-42")]
    public async Task Page_CancelledFreeJob_RunsAgainAtOneClick()
    {
        var job = new GenerationJob(Jobs.JobSamples.Order(OwnerId) with { ExpectedCost = 0 }, TestClock.Start);
        job.Cancel("Stopped by you.", TestClock.Start);
        await Database.AddAsync(job);
        await using var page = Open();
        var shown = Render(page, job.Id);

        await shown.Find(".state .btn.primary").ClickAsync(new());

        Assert.Equal(JobStatus.Queued, (await ReadAsync(job.Id)).Status);
        Assert.Equal("Started again", page.Announcer.Toast?.Text);
    }

    [Fact]
    public async Task Page_RetryThatCosts_AsksFirst()
    {
        var job = await AddAsync(JobStatus.Failed);
        await using var page = Open();
        var dialogs = page.Browser.Render<Radzen.Blazor.RadzenDialog>();
        var shown = Render(page, job.Id);

        var pressed = shown.Find(".state .btn.primary").ClickAsync(new());
        await dialogs.WaitForAssertionAsync(() => Assert.Contains("Retry 1 job for $0.40", dialogs.Markup, StringComparison.Ordinal));
        await dialogs.FindAll(".confirm .btn")[0].ClickAsync(new());
        await pressed;

        Assert.Equal(JobStatus.Failed, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Pages_ForeignJobOrVideo_LeadToNotFound()
    {
        var foreign = await AddAsync(JobStatus.Completed, await Database.AddPersonAsync());
        await using var jobPage = Open();
        Render(jobPage, foreign.Id);
        Assert.EndsWith("/not-found", jobPage.Address, StringComparison.Ordinal);

        await using var videoPage = Open();
        videoPage.Browser.Render<VideoPage>(parameters => parameters.Add(page => page.VideoId, Guid.NewGuid()));
        Assert.EndsWith("/not-found", videoPage.Address, StringComparison.Ordinal);
    }

    private PageHarness Open() => new(Start(), OwnerId);

    private static IRenderedComponent<JobPage> Render(PageHarness page, Guid jobId)
    {
        var shown = page.Browser.Render<JobPage>(parameters => parameters.Add(part => part.JobId, jobId));
        shown.WaitForState(() => shown.Instance.Job is not null || page.Address.EndsWith("/not-found", StringComparison.Ordinal));
        return shown;
    }
}
