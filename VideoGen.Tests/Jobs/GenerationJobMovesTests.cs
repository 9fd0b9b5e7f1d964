using System.Text.Json;
using VideoGen.Domain.Jobs;
using static VideoGen.Domain.Jobs.JobStatus;

namespace VideoGen.Tests.Jobs;

[Trait("Req", "R-43")]
public sealed class GenerationJobMovesTests
{
    private static readonly DateTimeOffset Later = TestClock.Start.AddMinutes(5);
    private static readonly JobActor Somebody = JobActor.Person(Guid.NewGuid());

    // Every move of the entity: where it may start, and where it ends.
    private static readonly Dictionary<string, (JobStatus[] From, JobStatus To, Action<GenerationJob> Move)> Moves = new(StringComparer.Ordinal)
    {
        ["BeginSubmission"] = ([Queued], Submitting, job => job.BeginSubmission(JobSamples.Intent, Later)),
        ["Accept"] = ([Submitting, Unconfirmed], Generating, job => job.Accept("p-1", "Accepted", Later)),
        ["ReturnToQueue"] = ([Submitting, Unconfirmed], Queued, job => job.ReturnToQueue("Not sent", Later)),
        ["SubmitAgain"] = ([Unconfirmed], Queued, job => job.SubmitAgain("Send it again", Later, Somebody)),
        ["LoseAnswer"] = ([Submitting], Unconfirmed, job => job.LoseAnswer("Timed out", Later)),
        ["FinishGenerating"] = ([Generating], JobStatus.Saving, job => job.FinishGenerating("done", resultCount: 1, Later)),
        ["Complete"] = ([JobStatus.Saving], Completed, job => job.Complete("Stored", Later)),
        ["Fail"] = ([Queued, Submitting, Unconfirmed, Generating, JobStatus.Saving], Failed, job => job.Fail(JobSamples.Failure, Later)),
        ["Cancel"] = ([Queued, Unconfirmed, Generating], Cancelled, job => job.Cancel("Stopped", Later)),
        ["Reset"] = ([Unconfirmed, Generating, Failed], Cancelled, job => job.Reset("Reset", Later, Somebody)),
        ["Retry"] = ([Failed, Cancelled], Queued, job => job.Retry(Later, Somebody)),
        ["ResumeGenerating"] = ([Failed], Generating, job => job.ResumeGenerating("Look again", Later, Somebody)),
        ["ResumeSaving"] = ([Failed], JobStatus.Saving, job => job.ResumeSaving("Store again", Later, Somebody)),
    };

    public static TheoryData<string, JobStatus> EveryMoveFromEveryStatus()
    {
        var cases = new TheoryData<string, JobStatus>();
        foreach (var move in Moves.Keys)
        {
            foreach (var status in Enum.GetValues<JobStatus>())
            {
                cases.Add(move, status);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(EveryMoveFromEveryStatus))]
    public void Move_FromEveryStatus_IsMadeAndRecordedOrRefusedWithoutATrace(string name, JobStatus from)
    {
        var (allowed, to, move) = Moves[name];
        var job = JobIn(from);
        var before = Snapshot(job);
        var history = job.Events.Count;

        var refused = Record.Exception(() => move(job));

        if (allowed.Contains(from))
        {
            Assert.Null(refused);
            Assert.Equal(to, job.Status);
            Assert.Equal(Later, job.StatusChangedAt);
            Assert.Equal(history + 1, job.Events.Count);
            Assert.Equal((Later, from, to), (job.Events[^1].At, job.Events[^1].From, job.Events[^1].To));
            Assert.NotEmpty(job.Events[^1].Reason);
        }
        else
        {
            Assert.IsType<InvalidJobTransitionException>(refused);
            Assert.Equal(before, Snapshot(job));
        }
    }

    [Fact]
    public void Move_OfAPerson_FencesTheEngineOff()
    {
        var job = JobIn(Failed);

        job.Retry(Later, Somebody);

        Assert.Equal(1, job.Epoch);
        Assert.Equal(Somebody, job.Events[^1].Actor);
    }

    [Fact]
    [Trait("Req", "R-41")]
    public void Reset_FailedWhileSaving_ForgetsTheProviderJobAndKeepsTheHistory()
    {
        var job = JobIn(Failed);
        job.RequestCancel(Later);

        job.Reset("Reset", Later, Somebody);

        Assert.Equal(
            (null, null, null, null, null, null, 0, null, null),
            (job.ProviderJobId, job.ProviderStatus, job.SubmittedAt, job.GeneratingAt, job.SavingAt, job.LastCheckedAt, job.ResultCount, job.FailureKind, job.CancelRequestedAt));
        Assert.Equal((Later, 1, false), (job.ResetAt, job.AttemptCount, job.MayHaveBeenAccepted));
        Assert.Equal((JobSamples.Order().ExpectedCost, AttemptOutcome.Accepted), (job.ExpectedCost, Assert.Single(job.Attempts).Outcome));
    }

    [Fact]
    [Trait("Req", "R-42")]
    public void Retry_AfterReset_IsAnOrdinaryJobAgain()
    {
        var job = JobIn(Failed);
        job.Reset("Reset", Later, Somebody);

        job.Retry(Later, Somebody);

        Assert.Equal((Queued, null, Later), (job.Status, job.ResetAt, job.QueuedAt));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public void SubmitAgain_LostAnswer_StaysUnknown()
    {
        var job = JobIn(Unconfirmed);
        job.RequestCancel(Later);

        job.SubmitAgain("Send it again", Later, Somebody);

        Assert.Equal((AttemptOutcome.Unknown, null, null), (Assert.Single(job.Attempts).Outcome, job.SubmittedAt, job.CancelRequestedAt));
    }

    [Fact]
    public void Move_OfTheEngine_KeepsItsEpoch()
    {
        var job = JobIn(Submitting);

        job.Accept("p-1", "Accepted", Later);

        Assert.Equal(0, job.Epoch);
        Assert.Equal(JobActor.Poller, job.Events[^1].Actor);
    }

    [Fact]
    public void NewJob_Always_IsQueuedWithItsFirstEvent()
    {
        var job = JobSamples.Queued();

        Assert.Equal(Queued, job.Status);
        var created = Assert.Single(job.Events);
        Assert.Null(created.From);
        Assert.Equal((Queued, JobActor.Person(job.OwnerId)), (created.To, created.Actor));
    }

    [Fact]
    public void ResumeGenerating_WithoutAProviderJob_IsRefused()
    {
        var job = JobSamples.In(Submitting);
        job.Fail(JobSamples.Failure, Later);

        Assert.Throws<InvalidOperationException>(() => job.ResumeGenerating("Look again", Later, Somebody));
        Assert.Equal(Failed, job.Status);
    }

    [Fact]
    public void ResumeSaving_NothingWasFinished_IsRefused()
    {
        var job = JobSamples.In(Failed);

        Assert.Throws<InvalidOperationException>(() => job.ResumeSaving("Store again", Later, Somebody));
        Assert.Equal(Failed, job.Status);
    }

    // Failed while saving: from there every way on is open.
    private static GenerationJob JobIn(JobStatus status)
    {
        if (status is not Failed)
        {
            return JobSamples.In(status);
        }

        var job = JobSamples.In(JobStatus.Saving);
        job.Fail(JobSamples.Failure, TestClock.Start);
        return job;
    }

    private static string Snapshot(GenerationJob job) => JsonSerializer.Serialize(job);
}
