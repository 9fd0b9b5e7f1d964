using VideoGen.Domain.Jobs;
using static VideoGen.Domain.Jobs.JobStatus;

namespace VideoGen.Tests.Jobs;

[Trait("Req", "R-15")]
public sealed class JobHealthTests
{
    private static readonly TimeSpan UsualMax = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(15);

    // Just inside and just outside each horizon; a job that has ended or waits for its turn is never ill.
    [Theory]
    [InlineData(Queued, 10_000, JobHealth.Ok)]
    [InlineData(Submitting, 2, JobHealth.Ok)]
    [InlineData(Generating, 2, JobHealth.Ok)]
    [InlineData(Generating, 2.1, JobHealth.Slow)]
    [InlineData(Generating, 15, JobHealth.Slow)]
    [InlineData(Generating, 15.1, JobHealth.Stuck)]
    [InlineData(Submitting, 15.1, JobHealth.Stuck)]
    [InlineData(JobStatus.Saving, 15.1, JobHealth.Stuck)]
    [InlineData(Unconfirmed, 0, JobHealth.NeedsYou)]
    [InlineData(Failed, 0, JobHealth.NeedsYou)]
    [InlineData(Completed, 10_000, JobHealth.Ok)]
    [InlineData(Cancelled, 10_000, JobHealth.Ok)]
    public void Of_StatusAndMinutesWithoutProgress_IsAsInTheTable(JobStatus status, double minutes, JobHealth expected)
    {
        var health = JobHealthRules.Of(JobSamples.In(status), UsualMax, StuckAfter, TestClock.Start.AddMinutes(minutes));

        Assert.Equal(expected, health);
    }

    [Fact]
    public void Of_ProgressLately_IsSlowAndNotStuck()
    {
        var job = JobSamples.In(Generating);
        job.Observe("running", 0.5, TestClock.Start.AddMinutes(10));

        Assert.Equal(JobHealth.Slow, JobHealthRules.Of(job, UsualMax, StuckAfter, TestClock.Start.AddMinutes(20)));
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(FailureKind.InputRefused, NextStep.ChangeSettings)]
    [InlineData(FailureKind.Moderated, NextStep.EditPrompt)]
    [InlineData(FailureKind.Quota, NextStep.PickModel)]
    [InlineData(FailureKind.RateLimited, NextStep.Retry)]
    [InlineData(FailureKind.Credentials, NextStep.PickModel)]
    [InlineData(FailureKind.ProviderDown, NextStep.Retry)]
    [InlineData(FailureKind.RetiredModel, NextStep.PickModel)]
    [InlineData(FailureKind.LostAtProvider, NextStep.Retry)]
    [InlineData(FailureKind.TimedOut, NextStep.CheckNow)]
    [InlineData(FailureKind.Quarantined, NextStep.Retry)]
    [InlineData(FailureKind.BadMedia, NextStep.StoreAgain)]
    [InlineData(FailureKind.Storage, NextStep.StoreAgain)]
    [InlineData(FailureKind.Unconfirmed, NextStep.Retry)]
    [InlineData(FailureKind.ProviderError, NextStep.Retry)]
    public void After_EveryKindOfFailure_NamesTheOneStep(FailureKind kind, NextStep expected)
    {
        Assert.Equal(expected, NextSteps.After(kind, mayStillBeThere: false));
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(FailureKind.RateLimited)]
    [InlineData(FailureKind.ProviderDown)]
    [InlineData(FailureKind.Quarantined)]
    public void After_WhatMayStillBeThere_IsAskedForBeforeItIsPaidAgain(FailureKind kind) =>
        Assert.Equal(NextStep.CheckNow, NextSteps.After(kind, mayStillBeThere: true));
}
