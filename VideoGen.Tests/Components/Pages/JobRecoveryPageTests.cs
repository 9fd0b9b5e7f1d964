using AngleSharp.Dom;
using Bunit;
using Radzen.Blazor;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Providers;
using VideoGen.Web.Components.Pages.Jobs;

namespace VideoGen.Tests.Components.Pages;

/// <summary>What the page of a job offers when the job does not go on, and what it asks first.</summary>
[Trait("Req", "R-40")]
public sealed class JobRecoveryPageTests(SqliteDatabase database) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData(nameof(JobStatus.Queued), "")]
    [InlineData(nameof(JobStatus.Submitting), "")]
    [InlineData(nameof(JobStatus.Unconfirmed), "Decide…")]
    [InlineData(nameof(JobStatus.Generating), "Check now, Reset")]
    [InlineData(nameof(JobStatus.Saving), "Check now")]
    [InlineData(nameof(JobStatus.Completed), "")]
    [InlineData(nameof(JobStatus.Failed), "Retry · $0.40, Reset")]
    [InlineData(nameof(JobStatus.Cancelled), "Run again · $0.40")]
    [InlineData(RecoverySamples.TimedOut, "Check now, Reset")]
    [InlineData(RecoverySamples.GivenUp, "Retry · $0.40")]
    [InlineData(RecoverySamples.ReadyAgain, "Retry · $0.40")]
    public async Task Page_EachState_OffersWhatTheRulesAllow(string state, string expected)
    {
        var job = await Database.AddAsync(RecoverySamples.In(state, OwnerId));
        await using var page = Open();

        var shown = Render(page, job.Id);

        Assert.Equal(expected, string.Join(", ", shown.FindAll(".state button").Select(button => button.TextContent)));
    }

    [Fact]
    [Trait("Req", "R-41")]
    public async Task Page_ResetJob_SaysThatNothingIsSent()
    {
        var job = await Database.AddAsync(RecoverySamples.In(RecoverySamples.ReadyAgain, OwnerId));
        await using var page = Open();

        var shown = Render(page, job.Id);

        Assert.Contains("Ready to run again", shown.Markup, StringComparison.Ordinal);
        Assert.Contains("Nothing is sent until you press Retry.", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckNow_Pressed_AsksNothing()
    {
        var job = await AddAsync(JobStatus.Generating);
        await using var page = Open();

        await Button(Render(page, job.Id), "Check now").ClickAsync(new());

        Assert.Equal("Looking at it now", page.Announcer.Toast?.Text);
        Assert.Equal(job.Id, Assert.Single(await page.Engine.SummonedAsync()));
    }

    [Fact]
    [Trait("Req", "R-41")]
    public async Task Reset_StillBeingMade_IsAskedAgainWithTheReasonAndDoneByForce()
    {
        var job = await AddAsync(JobStatus.Generating);
        await using var page = Open();
        page.Engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());
        var dialogs = page.Browser.Render<RadzenDialog>();
        var shown = Render(page, job.Id);

        var pressed = Button(shown, "Reset").ClickAsync(new());
        await (await AnswerAsync(dialogs, "Reset 1 job")).ClickAsync(new());
        var force = await AnswerAsync(dialogs, "Reset by force");
        Assert.Contains("The provider is still making it. Wait, or cancel it.", dialogs.Markup, StringComparison.Ordinal);
        await dialogs.Find("form").SubmitAsync();
        Assert.Contains("Say why.", dialogs.Markup, StringComparison.Ordinal);
        await dialogs.Find("input.in").InputAsync("It hung.");
        await dialogs.Find("form").SubmitAsync();
        await pressed;

        Assert.NotNull(force);
        Assert.NotNull((await ReadAsync(job.Id)).ResetAt);
        Assert.Equal("Ready to run again", page.Announcer.Toast?.Text);
        Assert.Equal("It hung.", Assert.Single(await Database.AuditOfAsync(job.Id), entry => entry.Reason is not null).Reason);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Decide_Opened_PreselectsThePatientAnswerAndChangesNothing()
    {
        var (page, dialogs, job, pressed) = await DecideAsync();
        await using var closing = page;

        Assert.Equal("Keep looking", dialogs.Find("input[type=radio][checked]").GetAttribute("value"));
        Assert.Equal(4, dialogs.FindAll("input[type=radio]").Count);
        Assert.Empty(dialogs.FindAll("input.in"));
        await dialogs.Find("form").SubmitAsync();
        await pressed;

        Assert.Equivalent(job, await ReadAsync(job.Id));
        Assert.Empty(page.Engine.Provider.Submitted);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Decide_SendAgain_ShowsTheCostAndNeedsAReason()
    {
        var (page, dialogs, job, pressed) = await DecideAsync();
        await using var closing = page;

        await ChooseAsync(dialogs, "It was not sent: send it again");
        Assert.Equal("Send it again for $0.40", dialogs.Find("button[type=submit]").TextContent);
        Assert.Contains("About $0.40. If the first one did start, both are charged.", dialogs.Markup, StringComparison.Ordinal);
        await dialogs.Find("form").SubmitAsync();
        Assert.Contains("Say why: it may be charged twice.", dialogs.Markup, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Unconfirmed, (await ReadAsync(job.Id)).Status);

        await dialogs.Find("input.in").InputAsync("Not in their dashboard.");
        await dialogs.Find("form").SubmitAsync();
        await pressed;

        Assert.Equal(JobStatus.Queued, (await ReadAsync(job.Id)).Status);
        Assert.Equal("Not in their dashboard.", Assert.Single(await Database.AuditOfAsync(job.Id)).Reason);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Decide_Adopt_NeedsAnIdThatCanBeOne()
    {
        var (page, dialogs, job, pressed) = await DecideAsync();
        await using var closing = page;
        page.Engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());

        await ChooseAsync(dialogs, "I have its Test provider job id");
        await dialogs.Find("#decide-id").InputAsync("not an id");
        await dialogs.Find("form").SubmitAsync();
        Assert.Contains("Copy the id as the provider shows it.", dialogs.Markup, StringComparison.Ordinal);
        await dialogs.Find("#decide-id").InputAsync("video_1");
        await dialogs.Find("form").SubmitAsync();
        await pressed;

        Assert.Equal((JobStatus.Generating, "video_1"), ((await ReadAsync(job.Id)).Status, (await ReadAsync(job.Id)).ProviderJobId));
        Assert.Equal("This provider job is followed from now on", page.Announcer.Toast?.Text);
    }

    [Fact]
    [Trait("Req", "R-42")]
    public async Task Retry_OfAGivenUpJob_SaysThatBothMayBeChargedAndAsksWhy()
    {
        var job = await Database.AddAsync(RecoverySamples.In(RecoverySamples.GivenUp, OwnerId));
        await using var page = Open();
        var dialogs = page.Browser.Render<RadzenDialog>();

        var pressed = Button(Render(page, job.Id), "Retry · $0.40").ClickAsync(new());
        await AnswerAsync(dialogs, "Retry 1 job for $0.40");
        Assert.Contains("If it has, both are charged.", dialogs.Markup, StringComparison.Ordinal);
        await dialogs.Find("input.in").InputAsync("It was not there.");
        await dialogs.Find("form").SubmitAsync();
        await pressed;

        Assert.Equal(JobStatus.Queued, (await ReadAsync(job.Id)).Status);
    }

    private async Task<(PageHarness Page, IRenderedComponent<RadzenDialog> Dialogs, GenerationJob Job, Task Pressed)> DecideAsync()
    {
        var job = await AddAsync(JobStatus.Unconfirmed);
        var page = Open();
        var dialogs = page.Browser.Render<RadzenDialog>();
        var pressed = Button(Render(page, job.Id), "Decide…").ClickAsync(new());
        await AnswerAsync(dialogs, "Keep looking");
        return (page, dialogs, job, pressed);
    }

    private static Task ChooseAsync(IRenderedComponent<RadzenDialog> dialogs, string answer) =>
        dialogs.Find($"input[type=radio][value='{answer}']").ChangeAsync(answer);

    private static async Task<IElement> AnswerAsync(IRenderedComponent<RadzenDialog> dialogs, string words)
    {
        await dialogs.WaitForStateAsync(() => dialogs.FindAll(".box-f button").Any(button => string.Equals(button.TextContent, words, StringComparison.Ordinal)));
        return dialogs.FindAll(".box-f button").Single(button => string.Equals(button.TextContent, words, StringComparison.Ordinal));
    }

    private static IElement Button(IRenderedComponent<JobPage> shown, string words) =>
        shown.FindAll(".state button").Single(button => string.Equals(button.TextContent, words, StringComparison.Ordinal));

    private PageHarness Open() => new(Start(), OwnerId);

    private static IRenderedComponent<JobPage> Render(PageHarness page, Guid jobId)
    {
        var shown = page.Browser.Render<JobPage>(parameters => parameters.Add(part => part.JobId, jobId));
        shown.WaitForState(() => shown.Instance.Job is not null);
        return shown;
    }
}
