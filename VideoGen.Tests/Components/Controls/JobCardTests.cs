using Bunit;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Jobs;

namespace VideoGen.Tests.Components.Controls;

[Trait("Req", "R-13")]
public sealed class JobCardTests : IAsyncDisposable
{
    private readonly BunitContext _browser = new();

    public ValueTask DisposeAsync() => _browser.DisposeAsync();

    [Fact]
    public void Card_Generating_HasOneProgressBarThatSpeaks()
    {
        var bar = Render(JobRowSamples.Generating).Find("[role=progressbar]");

        Assert.Equal("43", bar.GetAttribute("aria-valuenow"));
        Assert.Equal("43 percent, reported by Runway, 1 to 2 min left", bar.GetAttribute("aria-valuetext"));
        Assert.Equal("--p:43%", bar.GetAttribute("style"));
    }

    [Fact]
    public void Card_ReportedAndEstimated_LookDifferent()
    {
        var reported = Render(JobRowSamples.Generating).Find("[aria-current=step]");
        var estimated = Render(JobRowSamples.Generating with { Progress = JobRowSamples.Estimated(0.6) }).Find("[aria-current=step]");

        Assert.Equal("now", reported.ClassName);
        Assert.Equal("now est", estimated.ClassName);
    }

    [Fact]
    public void Card_Waiting_HasNoProgressBar()
    {
        var card = Render(JobRowSamples.Queued);

        Assert.Empty(card.FindAll("[role=progressbar]"));
        Assert.Equal("now hold", card.Find("[aria-current=step]").ClassName);
    }

    [Fact]
    public void Card_EveryStatus_HasFiveSteps()
    {
        foreach (var status in Enum.GetValues<JobStatus>())
        {
            Assert.Equal(5, Render(JobRowSamples.Queued with { Status = status }).FindAll(".track > li").Count);
        }
    }

    [Fact]
    public void Card_Failed_StopsWhereItWas()
    {
        var card = Render(JobRowSamples.Failed(FailureKind.Moderated));

        Assert.Equal("done done stop - -", string.Join(' ', card.FindAll(".track > li").Select(step => step.GetAttribute("class") ?? "-")));
        Assert.StartsWith("Refused", card.Find(".stop > span + span").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal($"/?from={JobRowSamples.Queued.Id}", card.Find("a.btn").GetAttribute("href"));
    }

    [Theory]
    [InlineData(JobStatus.Queued, true)]
    [InlineData(JobStatus.Generating, true)]
    [InlineData(JobStatus.Unconfirmed, true)]
    [InlineData(JobStatus.Saving, false)]
    [InlineData(JobStatus.Completed, false)]
    [InlineData(JobStatus.Failed, false)]
    public void Card_Cancel_IsOfferedWhileItHelps(JobStatus status, bool offered) =>
        Assert.Equal(offered, Render(JobRowSamples.Queued with { Status = status }).FindAll("button[title=Cancel]").Count == 1);

    [Fact]
    public void Card_CancelAsked_IsNotOfferedAgain() =>
        Assert.Empty(Render(JobRowSamples.Generating with { CancelRequested = true }).FindAll("button[title=Cancel]"));

    [Fact]
    public void Card_CancelPressed_AsksForIt()
    {
        RecoveryAction? asked = null;
        var card = _browser.Render<JobCard>(parameters => parameters
            .Add(part => part.Job, JobRowSamples.Queued)
            .Add(part => part.OnAct, (RecoveryAction action) => asked = action));

        card.Find("button[title=Cancel]").Click();

        Assert.Equal(RecoveryAction.Cancel, asked);
    }

    [Fact]
    [Trait("Req", "R-40")]
    public void Card_Unconfirmed_LeadsToTheDecision() =>
        Assert.Equal(
            $"/jobs/{JobRowSamples.Queued.Id}",
            Render(JobRowSamples.Queued with { Status = JobStatus.Unconfirmed }).FindAll("a.btn").Single(link => link.TextContent.Contains("Decide", StringComparison.Ordinal)).GetAttribute("href"));

    [Fact]
    public void Card_Busy_DisablesItsButtons() =>
        Assert.True(_browser.Render<JobCard>(parameters => parameters.Add(part => part.Job, JobRowSamples.Queued).Add(part => part.Busy, value: true))
            .Find("button[title=Cancel]").HasAttribute("disabled"));

    [Fact]
    public void Choice_OfOne_IsSaidNotOffered()
    {
        var choice = _browser.Render<SegmentedChoice<int>>(parameters => parameters
            .Add(part => part.Label, "Size").Add(part => part.Options, [720]).Add(part => part.Value, 720).Add(part => part.Say, (Func<int, string>)(size => $"{size}p")));

        Assert.Empty(choice.FindAll("input"));
        Assert.Contains("720p", choice.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Choice_OfMany_IsARadioGroup()
    {
        var chosen = 0;
        var choice = _browser.Render<SegmentedChoice<int>>(parameters => parameters
            .Add(part => part.Label, "Size").Add(part => part.Options, [720, 1080]).Add(part => part.Value, 720)
            .Add(part => part.Say, (Func<int, string>)(size => $"{size}p")).Add(part => part.ValueChanged, (int size) => chosen = size));

        choice.FindAll("input[type=radio]")[1].Change("1080p");

        Assert.Equal(1080, chosen);
        Assert.Equal("Size", choice.Find("legend").TextContent);
    }

    private IRenderedComponent<JobCard> Render(JobRow job) => _browser.Render<JobCard>(parameters => parameters.Add(card => card.Job, job));
}
