using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Tests.Jobs;

[Trait("Req", "R-41")]
public abstract class RecoverResetTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task Reset_CompletedJob_IsRefused()
    {
        var engine = Start();
        var job = JobSamples.In(JobStatus.Completed, OwnerId);
        await using (var db = await Database.Contexts.CreateDbContextAsync())
        {
            db.AddRange(job, JobSamples.VideoOf(job));
            await db.SaveChangesAsync();
        }

        foreach (var force in new[] { false, true })
        {
            Assert.Equal(
                new RecoveryResult(job.Id, RecoveryOutcome.Refused, "Cannot reset completed generation"), await ResetAsync(engine, job, force));
        }

        Assert.Equivalent(job, await ReadAsync(job.Id));
        await using var reading = await Database.Contexts.CreateDbContextAsync();
        Assert.Equal(1, await reading.Videos.CountAsync(video => video.JobId == job.Id));
        Assert.Empty(engine.Provider.Checked);
        Assert.Empty(await engine.SummonedAsync());
    }

    [Theory]
    [InlineData(nameof(JobStatus.Generating))]
    [InlineData(nameof(JobStatus.Failed))]
    [InlineData(RecoverySamples.TimedOut)]
    public async Task Reset_ProviderHasFinished_KeepsTheVideo(string state)
    {
        var engine = Start();
        var job = await Database.AddAsync(RecoverySamples.In(state, OwnerId));

        var result = await ResetAsync(engine, job, force: true);

        var stored = await ReadAsync(job.Id);
        Assert.Equal(RecoveryOutcome.Kept, result.Outcome);
        Assert.Equal((JobStatus.Saving, job.ProviderJobId, null, null), (stored.Status, stored.ProviderJobId, stored.FailureKind, stored.ResetAt));
        Assert.Equal(JobActor.Person(OwnerId), stored.Events.Single(entry => entry.To is JobStatus.Saving).Actor);
        Assert.Empty(engine.Provider.Cancelled);
        Assert.Empty(engine.Provider.Released);
        Assert.Equal(job.Id, Assert.Single(await engine.SummonedAsync()));
    }

    [Fact]
    public async Task Reset_ProviderCannotBeAsked_IsRefused()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => throw Busy();
        var job = await AddAsync(JobStatus.Failed);

        var result = await ResetAsync(engine, job);

        Assert.Equal((RecoveryOutcome.Refused, true), (result.Outcome, result.ForceWouldDo));
        Assert.Equal("The provider cannot be asked about it. The provider is busy.", result.Reason);
        Assert.Equivalent(job, await ReadAsync(job.Id));
    }

    [Fact]
    public async Task Reset_ProviderCannotBeAsked_IsDoneByForce()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => throw new InvalidOperationException("A fault of ours.");
        var job = await AddAsync(JobStatus.Failed);

        Assert.Equal(RecoveryOutcome.Done, (await ResetAsync(engine, job, force: true)).Outcome);

        AssertReady(job, await ReadAsync(job.Id));
    }

    [Fact]
    public async Task Reset_ByForceWithoutAReason_IsRefused()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => throw Busy();
        var job = await AddAsync(JobStatus.Failed);

        var result = await engine.RecoverAsync(OwnerId, RecoveryOrder.For(RecoveryAction.Reset, job.Id) with { Force = true, Reason = "  " });

        Assert.Equal((RecoveryOutcome.Refused, "Say why. It is kept in the history."), (result.Outcome, result.Reason));
        Assert.Equal(JobStatus.Failed, (await ReadAsync(job.Id)).Status);
    }

    [Theory]
    [InlineData(ProviderJobState.Failed)]
    [InlineData(ProviderJobState.Cancelled)]
    [InlineData(null)]
    public async Task Reset_FailedJobThatIsGoneThere_ForgetsItAndSendsNothing(ProviderJobState? state)
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => state is { } ended
            ? Task.FromResult(new ProviderJob { State = ended, RawStatus = "gone" })
            : throw No(FailureKind.LostAtProvider);
        var job = await AddAsync(JobStatus.Failed);

        Assert.Equal(RecoveryOutcome.Done, (await ResetAsync(engine, job)).Outcome);

        var stored = await ReadAsync(job.Id);
        AssertReady(job, stored);
        var last = stored.Events.Single(entry => entry.To is JobStatus.Cancelled);
        Assert.Equal((JobStatus.Failed, JobActor.Person(OwnerId)), (last.From, last.Actor));
        await engine.StepAsync(job.Id);
        Assert.Empty(engine.Provider.Submitted);
        Assert.Equal(job.ProviderJobId, Assert.Single(engine.Provider.Checked));
        Assert.Equal(job.ProviderJobId, Assert.Single(engine.Provider.Released));
    }

    [Fact]
    public async Task Reset_StillBeingMade_IsRefused()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());
        var job = await AddAsync(JobStatus.Generating);

        var result = await ResetAsync(engine, job);

        Assert.Equal(
            new RecoveryResult(job.Id, RecoveryOutcome.Refused, "The provider is still making it. Wait, or cancel it.", ForceWouldDo: true), result);
        Assert.Empty(engine.Provider.Cancelled);
        Assert.Equivalent(job, await ReadAsync(job.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reset_StillBeingMadeByForce_StopsItThereWhereThatCanBeDone(bool canCancel)
    {
        var engine = Start(Capabilities(canCancel: canCancel));
        engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());
        var job = await AddAsync(JobStatus.Generating);

        Assert.Equal(RecoveryOutcome.Done, (await ResetAsync(engine, job, force: true)).Outcome);

        var stored = await ReadAsync(job.Id);
        AssertReady(job, stored);
        Assert.Equal(canCancel ? 1 : 0, engine.Provider.Cancelled.Count);
        Assert.All(engine.Provider.Cancelled, id => Assert.Equal(job.ProviderJobId, id));
        Assert.Contains("It hung.", stored.Events.Single(entry => entry.To is JobStatus.Cancelled).Reason, StringComparison.Ordinal);
    }

    // One such answer may come from a copy that lags behind: the engine does not believe it either.
    [Fact]
    public async Task Reset_RunningJobUnknownThereOnce_IsRefused()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => throw No(FailureKind.LostAtProvider);
        var job = await AddAsync(JobStatus.Generating);

        Assert.True((await ResetAsync(engine, job)).ForceWouldDo);

        Assert.Equal(JobStatus.Generating, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    public async Task Reset_WhatIsThereIsNoVideo_IsForgottenByForce()
    {
        var engine = Start();
        var job = JobSamples.In(JobStatus.Saving, OwnerId);
        job.Fail(new JobFailure(FailureKind.BadMedia, "Not a playable video."), TestClock.Start);
        await Database.AddAsync(job);

        Assert.Equal(RecoveryOutcome.Done, (await ResetAsync(engine, job, force: true)).Outcome);

        AssertReady(job, await ReadAsync(job.Id));
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData(JobStatus.Submitting)]
    [InlineData(JobStatus.Unconfirmed)]
    public async Task Reset_MayHaveBeenAccepted_IsDoneByForceOnlyAndStaysUnknown(JobStatus status)
    {
        var engine = Start();
        var job = await AddAsync(status);

        Assert.True((await ResetAsync(engine, job)).ForceWouldDo);
        Assert.Equal(status, (await ReadAsync(job.Id)).Status);
        Assert.Equal(RecoveryOutcome.Done, (await ResetAsync(engine, job, force: true)).Outcome);

        var stored = await ReadAsync(job.Id);
        AssertReady(job, stored);
        Assert.Equal(AttemptOutcome.Unknown, Assert.Single(stored.Attempts).Outcome);
        Assert.Empty(engine.Provider.Submitted);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Reset_AnswerOnTheWay_IsRefusedAlsoByForce()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Submitting);
        await LeaseAsync(job.Id, "node-1", Clock.Now.AddSeconds(30));

        var result = await ResetAsync(engine, job, force: true);

        Assert.Equal(new RecoveryResult(job.Id, RecoveryOutcome.Refused, "It is being sent just now. Wait for the answer."), result);
    }

    [Fact]
    [Trait("Req", "R-42")]
    public async Task Retry_AfterReset_SendsTheSameAgain()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => throw No(FailureKind.LostAtProvider);
        var job = new GenerationJob(JobSamples.Order(OwnerId) with { ReferenceImageKey = $"{OwnerId}/references/{new string('a', 64)}.png" }, TestClock.Start);
        job.BeginSubmission(JobSamples.Intent, TestClock.Start);
        job.Accept("p-1", "Accepted", TestClock.Start);
        job.Fail(new JobFailure(FailureKind.LostAtProvider, "Job not found."), TestClock.Start);
        await Database.AddAsync(job);
        await ResetAsync(engine, job);

        Assert.True((await engine.RecoverAsync(OwnerId, RecoveryOrder.For(RecoveryAction.Retry, job.Id))).IsDone);
        await engine.StepAsync(job.Id);

        var sent = Assert.Single(engine.Provider.Submitted);
        Assert.Equal((job.Prompt, job.Seed, "image/png"), (sent.Prompt, sent.Seed, sent.ReferenceImage?.MediaType));
        Assert.Equal((JobStatus.Generating, null), ((await ReadAsync(job.Id)).Status, (await ReadAsync(job.Id)).ResetAt));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Reset_JobChangesDuringTheLook_IsHeldAgainstWhatIsTrueNow()
    {
        var engine = Start();
        var other = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = async (_, token) =>
        {
            // The engine's own check is quicker, and stores the video.
            await using var db = await other.Contexts.CreateDbContextAsync(token);
            var row = await db.Jobs.SingleAsync(entry => entry.Id == job.Id, token);
            if (row.Status is JobStatus.Generating)
            {
                await other.Get<JobLeases>().TryTakeAsync(job.Id, token);
                await db.Entry(row).ReloadAsync(token);
                row.FinishGenerating("done", resultCount: 1, Clock.Now);
                row.Complete("Saved", Clock.Now);
                await db.SaveChangesAsync(token);
            }

            return TestVideoProvider.Running();
        };

        var result = await ResetAsync(engine, job, force: true);

        Assert.Equal("Cannot reset completed generation", result.Reason);
        Assert.Equal((JobStatus.Completed, job.ProviderJobId), ((await ReadAsync(job.Id)).Status, (await ReadAsync(job.Id)).ProviderJobId));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Reset_WhileAStepIsAtWork_FencesItOff()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        var isReset = false;
        engine.Provider.OnCheck = async (_, _) =>
        {
            if (!isReset)
            {
                isReset = true;
                Assert.Equal(RecoveryOutcome.Done, (await ResetAsync(engine, job, force: true)).Outcome);
            }

            return TestVideoProvider.Running(0.5);
        };

        await engine.StepAsync(job.Id);

        AssertReady(job, await ReadAsync(job.Id));
    }

    private static Task<RecoveryResult> ResetAsync(EngineHarness engine, GenerationJob job, bool force = false) => engine.RecoverAsync(
        job.OwnerId, RecoveryOrder.For(RecoveryAction.Reset, job.Id) with { Force = force, Reason = force ? "It hung." : null });

    // Nothing of the run is left but its history; what was asked for is.
    private static void AssertReady(GenerationJob before, GenerationJob after)
    {
        Assert.Equal((JobStatus.Cancelled, TestClock.Start, null, null), (after.Status, after.ResetAt, after.ProviderJobId, after.ProviderStatus));
        Assert.Equal((null, null, null, null, null), (after.SubmittedAt, after.GeneratingAt, after.SavingAt, after.FailureKind, after.FailureMessage));
        Assert.Equal((before.Prompt, before.ExpectedCost, before.AttemptCount), (after.Prompt, after.ExpectedCost, after.AttemptCount));
        Assert.False(after.MayHaveBeenAccepted);
    }
}

public sealed class RecoverResetSqliteTests(SqliteDatabase database) : RecoverResetTests(database), IClassFixture<SqliteDatabase>;

public sealed class RecoverResetPostgresTests(PostgresDatabase database) : RecoverResetTests(database), IClassFixture<PostgresDatabase>;
