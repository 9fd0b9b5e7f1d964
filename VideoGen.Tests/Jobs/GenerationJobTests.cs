using VideoGen.Domain.Jobs;
using static VideoGen.Domain.Jobs.JobStatus;

namespace VideoGen.Tests.Jobs;

public sealed class GenerationJobTests
{
    private static readonly DateTimeOffset Later = TestClock.Start.AddMinutes(5);

    private static readonly JobActor Somebody = JobActor.Person(Guid.NewGuid());

    [Fact]
    [Trait("Req", "R-16")]
    public void BeginSubmission_Again_NumbersAndNamesAttemptsAfresh()
    {
        var job = JobSamples.In(Submitting);
        job.ReturnToQueue("Refused connection", Later);

        var second = job.BeginSubmission(JobSamples.Intent, Later);

        Assert.Equal(2, second.Number);
        Assert.Equal(2, job.Attempts.Select(attempt => attempt.SubmitKey).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([AttemptOutcome.NotSent, AttemptOutcome.Open], job.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    [Trait("Req", "R-14")]
    public void ReturnToQueue_TimeAfterTime_CountsTheSetbacks()
    {
        var job = JobSamples.In(Submitting);
        job.ReturnToQueue("Refused connection", Later, notBefore: Later.AddSeconds(5));
        job.BeginSubmission(JobSamples.Intent, Later);

        job.ReturnToQueue("Refused connection", Later, notBefore: Later.AddSeconds(10));

        Assert.Equal(2, job.Setbacks);
        Assert.Equal(Later.AddSeconds(10), job.NotBefore);
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData(Submitting, AttemptOutcome.Refused)]
    [InlineData(Unconfirmed, AttemptOutcome.Unknown)]
    public void Fail_BeforeAcceptance_SaysOfTheAttemptOnlyWhatIsKnown(JobStatus from, AttemptOutcome expected)
    {
        var job = JobSamples.In(from);

        job.Fail(JobSamples.Failure, Later);

        Assert.Equal(expected, Assert.Single(job.Attempts).Outcome);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public void Accept_AfterALostAnswer_AdoptsTheProviderJob()
    {
        var job = JobSamples.In(Unconfirmed);

        job.Accept("p-9", "Found again", Later);

        Assert.Equal(("p-9", Later), (job.ProviderJobId, job.GeneratingAt!.Value));
        Assert.Equal((AttemptOutcome.Accepted, "p-9"), (job.Attempts[0].Outcome, job.Attempts[0].ProviderJobId));
    }

    [Fact]
    [Trait("Req", "R-15")]
    public void Fail_TimedOut_KeepsTheProviderJobForLateChecks()
    {
        var job = JobSamples.In(Generating);
        var providerJobId = job.ProviderJobId;

        job.Fail(new JobFailure(FailureKind.TimedOut, "No progress for 15 minutes."), Later, lateChecksUntil: Later.AddHours(24));

        Assert.NotNull(providerJobId);
        Assert.Equal(providerJobId, job.ProviderJobId);
        Assert.Equal(Later.AddHours(24), job.LateChecksUntil);
    }

    [Fact]
    [Trait("Req", "R-42")]
    public void Retry_FailedJob_ForgetsTheRunAndKeepsTheInputs()
    {
        var job = JobSamples.In(JobStatus.Saving);
        job.Fail(JobSamples.Failure, Later, lateChecksUntil: Later);
        var order = JobSamples.Order();

        job.Retry(Later, Somebody);

        Assert.Null(job.ProviderJobId);
        Assert.Null(job.ProviderStatus);
        Assert.Null(job.Progress);
        Assert.Null(job.FailureKind);
        Assert.Null(job.FailureMessage);
        Assert.Null(job.FailureDetail);
        Assert.Null(job.SubmittedAt);
        Assert.Null(job.GeneratingAt);
        Assert.Null(job.SavingAt);
        Assert.Null(job.LateChecksUntil);
        Assert.Equal(0, job.ResultCount);
        Assert.Equal(Later, job.QueuedAt);
        Assert.Equal((order.Prompt, order.Seed, order.Size, order.Duration), (job.Prompt, job.Seed, job.Size, job.Duration));
    }

    [Fact]
    [Trait("Req", "R-05")]
    public void Complete_PriceKnown_KeepsTheCost()
    {
        Assert.Equal(0.40m, JobSamples.In(Completed).Cost);
    }

    [Theory]
    [InlineData(Queued, true)]
    [InlineData(Submitting, true)]
    [InlineData(Unconfirmed, true)]
    [InlineData(Generating, true)]
    [InlineData(JobStatus.Saving, true)]
    [InlineData(Completed, false)]
    [InlineData(Failed, false)]
    [InlineData(Cancelled, false)]
    public void RequestCancel_EveryStatus_OnlyWhileItRuns(JobStatus status, bool expected)
    {
        var job = JobSamples.In(status);

        var first = job.RequestCancel(Later);
        job.RequestCancel(Later.AddMinutes(1));

        Assert.Equal(expected, first);
        Assert.Equal(expected ? Later : null, job.CancelRequestedAt);
        Assert.Equal(status, job.Status);
    }

    [Fact]
    [Trait("Req", "R-13")]
    public void Observe_ProgressFallsBack_KeepsTheHighest()
    {
        var job = JobSamples.In(Generating);
        job.Observe("running", 0.6, Later);

        var changed = job.Observe("running", 0.2, Later.AddMinutes(1));

        Assert.False(changed);
        Assert.Equal(0.6, job.Progress);
        Assert.Equal((Later, Later.AddMinutes(1)), (job.LastProgressAt, job.LastCheckedAt!.Value));
    }

    [Theory]
    [InlineData(-0.5, 0.0)]
    [InlineData(0.25, 0.25)]
    [InlineData(42.0, 1.0)]
    public void Observe_WhateverIsReported_StaysBetweenNoneAndAll(double reported, double expected)
    {
        var job = JobSamples.In(Generating);

        job.Observe("running", reported, Later);

        Assert.Equal(expected, job.Progress);
    }

    [Fact]
    [Trait("Req", "R-14")]
    public void Observe_AfterSetbacks_EndsThemAndShows()
    {
        var job = JobSamples.In(Generating);
        job.Observe("running", null, Later);
        job.Postpone(Later.AddSeconds(30));

        var changed = job.Observe("running", null, Later.AddSeconds(31));

        Assert.True(changed);
        Assert.Equal(0, job.Setbacks);
        Assert.Null(job.NotBefore);
    }

    [Fact]
    public void Fail_EndlessMessage_IsCutBetweenCharacters()
    {
        var job = JobSamples.In(Generating);
        var message = new string('x', GenerationJob.MaxTextLength - 2) + "🦊🦊🦊";

        job.Fail(new JobFailure(FailureKind.ProviderError, message), Later);

        Assert.Equal(new string('x', GenerationJob.MaxTextLength - 2) + "…", job.FailureMessage);
        Assert.Equal(job.FailureMessage, job.Events[^1].Reason);
    }

    [Fact]
    public void Observe_EndlessStatusWord_IsCut()
    {
        var job = JobSamples.In(Generating);

        job.Observe(new string('s', 1000), null, Later);

        Assert.Equal(GenerationJob.MaxProviderStatusLength, job.ProviderStatus!.Length);
    }

    [Fact]
    public void PersonId_OfAnActor_OnlyOfPeople()
    {
        var person = Guid.NewGuid();

        Assert.Equal(person, JobActor.Person(person).PersonId);
        Assert.Null(JobActor.Poller.PersonId);
        Assert.True(JobActor.Person(person).Name.Length <= 64);
    }
}
