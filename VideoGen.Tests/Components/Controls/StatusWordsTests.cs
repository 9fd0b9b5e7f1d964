using VideoGen.Domain.Jobs;
using VideoGen.Domain.Progress;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Jobs;

namespace VideoGen.Tests.Components.Controls;

[Trait("Req", "R-13")]
public sealed class StatusWordsTests
{
    private static readonly JobRow Queued = JobRowSamples.Queued;
    private static readonly JobRow Generating = JobRowSamples.Generating;

    [Fact]
    public void Of_EveryStatus_HasWordsOfItsOwn()
    {
        var words = Enum.GetValues<JobStatus>().Select(status => StatusWords.Of(status is JobStatus.Failed ? JobRowSamples.Failed(FailureKind.Quota) : Queued with { Status = status }).Say).ToList();

        Assert.Equal(["Waiting", "Sending", "Unconfirmed", "Generating", "Saving", "Done", "Quota used up", "Cancelled"], words);
    }

    [Fact]
    public void Of_FullProvider_SaysThePlaceAndWhy() =>
        Assert.Equal(
            new StatusLook("", "wait", "Waiting, 3rd in line", null, "Runway takes 2 at a time"),
            StatusWords.Of(Queued with { Place = new QueuePlace(3, 2, HasRoom: false) }));

    [Fact]
    public void Of_ProviderWithRoom_StartsInAMoment() =>
        Assert.Equal("Starts in a moment", StatusWords.Of(Queued with { Place = new QueuePlace(1, 2, HasRoom: true) }).With);

    [Fact]
    public void Of_HeldBack_SaysWhenItIsTriedAgain() =>
        Assert.Equal(
            ("Waiting for Runway", "Runway could not take it just now. Next try in 24 s; nothing is lost."),
            SayAndWith(Queued with { Setbacks = 1, NotBefore = Queued.Now.AddSeconds(24) }));

    [Fact]
    public void Of_ReportedProgress_IsPlain()
    {
        var look = StatusWords.Of(Generating);

        Assert.Equal(("run", "Generating", "43% · 1–2 min left"), (look.Tone, look.Say, look.Numbers));
    }

    [Fact]
    public void Of_EstimatedProgress_SaysAbout() =>
        Assert.Equal("about 60% · under a minute left", StatusWords.Of(Generating with { Progress = JobRowSamples.Estimated(0.605) }).Numbers);

    [Fact]
    public void Of_AfterTheUsualTime_NamesNoTimeLeft()
    {
        var look = StatusWords.Of(Generating with { Progress = new JobProgress(0.95, ProgressSource.Estimated, null, LongerThanUsual: true) });

        Assert.Equal(("Longer than usual", "about 95%", "Most jobs like this take 2 to 4 min."), (look.Say, look.Numbers, look.With));
    }

    [Fact]
    public void Of_NoProgressForLong_SaysForHowLong() =>
        Assert.Equal(
            ("Longer than usual", "No progress for 20 min. Most jobs like this take 2 to 4 min."),
            SayAndWith(Generating with { Health = JobHealth.Stuck }));

    [Fact]
    public void Of_CancelAsked_SaysWhoMustConfirm() =>
        Assert.Equal(("Cancelling", "Waiting for Runway to confirm"), SayAndWith(Generating with { CancelRequested = true }));

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(FailureKind.InputRefused, "Settings not accepted", "Change settings")]
    [InlineData(FailureKind.Moderated, "Refused by the provider’s content rules", "Edit the prompt")]
    [InlineData(FailureKind.Quota, "Quota used up", "Pick a model")]
    [InlineData(FailureKind.RateLimited, "Runway was too busy", "Retry · $1.20")]
    [InlineData(FailureKind.Credentials, "Key not accepted", "Pick a model")]
    [InlineData(FailureKind.ProviderDown, "Runway was down", "Retry · $1.20")]
    [InlineData(FailureKind.RetiredModel, "Model retired", "Pick a model")]
    [InlineData(FailureKind.LostAtProvider, "Lost at the provider", "Retry · $1.20")]
    [InlineData(FailureKind.TimedOut, "Timed out", "Check now")]
    [InlineData(FailureKind.BadMedia, "Not a playable video", "Store again")]
    [InlineData(FailureKind.Storage, "Could not be stored", "Store again")]
    [InlineData(FailureKind.Unconfirmed, "Unconfirmed", "Retry · $1.20")]
    [InlineData(FailureKind.Quarantined, "Set aside", "Retry · $1.20")]
    [InlineData(FailureKind.ProviderError, "Could not be made", "Retry · $1.20")]
    public void Of_EveryFailure_HasASentenceAndOneNextStep(FailureKind kind, string say, string next)
    {
        var job = JobRowSamples.Failed(kind);

        var look = StatusWords.Of(job);

        Assert.Equal(("bad", "alert", say), (look.Tone, look.Icon, look.Say));
        Assert.StartsWith("It said no.", look.With, StringComparison.Ordinal);
        Assert.Equal(next, NextStepWords.Of(job)!.Say);
    }

    [Fact]
    public void Failures_Table_IsComplete() => Assert.Equal(14, Enum.GetValues<FailureKind>().Length);

    [Fact]
    public void Of_TimedOutThatMayStillArrive_SaysSo() =>
        Assert.Equal(
            ("Timed out", "It said no. It is looked for now and then, and saved if it turns up."),
            SayAndWith(JobRowSamples.Failed(FailureKind.TimedOut) with { LateChecksUntil = JobRowSamples.Now.AddHours(1) }));

    [Fact]
    public void NextStep_FreeRetry_SaysFree() =>
        Assert.Equal("Retry · Free", NextStepWords.Of(JobRowSamples.Failed(FailureKind.ProviderDown) with { Cost = 0 })!.Say);

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Generating)]
    [InlineData(JobStatus.Completed)]
    public void NextStep_NothingWrong_IsNone(JobStatus status) => Assert.Null(NextStepWords.Of(Queued with { Status = status }));

    [Fact]
    public void Spoken_ReportedProgress_NamesTheSource() =>
        Assert.Equal("43 percent, reported by Runway, 1 to 2 min left", StatusWords.Spoken(Generating, Generating.Progress!));

    private static (string Say, string? With) SayAndWith(JobRow job)
    {
        var look = StatusWords.Of(job);
        return (look.Say, look.With);
    }
}
