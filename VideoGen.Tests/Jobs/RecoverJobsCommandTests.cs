using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Models;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Tests.Jobs;

/// <summary>Orders for many jobs: who may give them, what each job answers, and what they would cost.</summary>
[Trait("Req", "R-40")]
public abstract class RecoverJobsCommandTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task Execute_ManyJobs_OneRefusalStopsNoneOfTheOthers()
    {
        var engine = Start();
        var failed = await AddAsync(JobStatus.Failed);
        var done = await AddAsync(JobStatus.Completed);
        var foreign = await AddAsync(JobStatus.Failed, await Database.AddPersonAsync());
        var finished = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (id, _) => string.Equals(id, finished.ProviderJobId, StringComparison.Ordinal)
            ? Task.FromResult(engine.Provider.Finished())
            : throw No(FailureKind.LostAtProvider);
        var nobodys = Guid.NewGuid();

        var results = await engine.Get<RecoverJobsCommand>().ExecuteAsync(
            OwnerId, RecoveryOrder.For(RecoveryAction.Reset, failed.Id, done.Id, failed.Id, foreign.Id, finished.Id, nobodys), CancellationToken.None);

        Assert.Equal(
            [
                new RecoveryResult(failed.Id, RecoveryOutcome.Done),
                new RecoveryResult(done.Id, RecoveryOutcome.Refused, "Cannot reset completed generation"),
                new RecoveryResult(foreign.Id, RecoveryOutcome.Missing),
                new RecoveryResult(finished.Id, RecoveryOutcome.Kept),
                new RecoveryResult(nobodys, RecoveryOutcome.Missing),
            ],
            results);
        Assert.Equal(JobStatus.Failed, (await ReadAsync(foreign.Id)).Status);
    }

    [Fact]
    [Trait("Req", "R-43")]
    public async Task Execute_FaultWithOneJob_TheOthersAreDoneAndItIsOnRecord()
    {
        // A row that nothing of ours can have written: sent, but without an attempt.
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => throw No(FailureKind.LostAtProvider);
        var broken = await AddAsync(JobStatus.Submitting);
        await using (var db = await Database.Contexts.CreateDbContextAsync())
        {
            db.RemoveRange(broken.Attempts);
            await db.SaveChangesAsync();
        }

        var failed = await AddAsync(JobStatus.Failed);
        var order = RecoveryOrder.For(RecoveryAction.Reset, broken.Id, failed.Id) with { Force = true, Reason = "They hang." };

        var results = await engine.Get<RecoverJobsCommand>().ExecuteAsync(OwnerId, order, CancellationToken.None);

        Assert.Equal(
            [new RecoveryResult(broken.Id, RecoveryOutcome.Refused, "This could not be done just now. Try again."), new RecoveryResult(failed.Id, RecoveryOutcome.Done)],
            results);
        Assert.Equal("failed", Assert.Single(await Database.AuditOfAsync(broken.Id)).Outcome);
        Assert.Equal("done", Assert.Single(await Database.AuditOfAsync(failed.Id)).Outcome);
    }

    [Fact]
    public async Task Execute_MoreThanTheMost_IsRefusedWhole()
    {
        var order = RecoveryOrder.For(RecoveryAction.Cancel, [.. Enumerable.Range(0, RecoveryOrder.MostJobs + 1).Select(_ => Guid.NewGuid())]);
        var engine = Start();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => engine.Get<RecoverJobsCommand>().ExecuteAsync(OwnerId, order, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => engine.Get<RecoveryPreviewQuery>().RunAsync(OwnerId, order, CancellationToken.None));
    }

    [Theory]
    [Trait("Req", "R-50")]
    [InlineData(RecoveryAction.CheckNow)]
    [InlineData(RecoveryAction.Reset)]
    [InlineData(RecoveryAction.Retry)]
    [InlineData(RecoveryAction.Cancel)]
    [InlineData(RecoveryAction.Adopt)]
    [InlineData(RecoveryAction.SubmitAgain)]
    [InlineData(RecoveryAction.GiveUp)]
    public async Task Execute_JobOfSomebodyElse_LooksLikeAMissingOne(RecoveryAction action)
    {
        var engine = Start();
        var stranger = await Database.AddPersonAsync();
        foreach (var state in RecoverySamples.States)
        {
            var job = await Database.AddAsync(RecoverySamples.In(state, OwnerId));

            Assert.Equal(new RecoveryResult(job.Id, RecoveryOutcome.Missing), await engine.RecoverAsync(stranger, Forced(action, job)));

            Assert.Equivalent(job, await ReadAsync(job.Id));
            Assert.Empty(await Database.AuditOfAsync(job.Id));
        }

        Assert.Empty(engine.Provider.Checked);
    }

    [Fact]
    [Trait("Req", "R-43")]
    public async Task Execute_Administrator_ActsOnEverybodysJobsUnderTheirOwnName()
    {
        var engine = Start();
        var admin = await Database.AddAdminAsync();
        var job = await AddAsync(JobStatus.Failed);

        Assert.True((await engine.RecoverAsync(admin, RecoveryOrder.For(RecoveryAction.Retry, job.Id))).IsDone);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Queued, OwnerId), (stored.Status, stored.OwnerId));
        Assert.Equal(JobActor.Person(admin), stored.Events.Single(entry => entry is { From: JobStatus.Failed, To: JobStatus.Queued }).Actor);
    }

    [Fact]
    public async Task Preview_MixedJobs_CountsWhatWouldReallyBeSent()
    {
        var engine = Start();
        var unpriced = new GenerationJob(JobSamples.Order(OwnerId) with { ExpectedCost = null }, TestClock.Start);
        unpriced.Cancel("Stopped.", TestClock.Start);
        var jobs = await Task.WhenAll(
            AddAsync(JobStatus.Failed),
            AddAsync(JobStatus.Cancelled),
            Database.AddAsync(RecoverySamples.In(RecoverySamples.TimedOut, OwnerId)),
            AddAsync(JobStatus.Completed),
            AddAsync(JobStatus.Generating),
            AddAsync(JobStatus.Saving),
            Database.AddAsync(RecoverySamples.In(RecoverySamples.GivenUp, OwnerId)),
            Database.AddAsync(unpriced));
        var order = RecoveryOrder.For(RecoveryAction.Retry, [.. jobs.Select(job => job.Id), Guid.NewGuid()]);

        var preview = await PreviewAsync(engine, order);

        // Two cost 0.40 each, one an unknown sum, and the one that timed out is only looked at.
        Assert.Equal((4, 3, 0.80m, 1, 1), (preview.DoneCount, preview.SentCount, preview.Cost, preview.UnknownCostCount, preview.MissingCount));
        Assert.Equal(("This job is running.", 2, false), Pair(preview.Refusals[0]));
        Assert.Contains(new RecoveryRefusal("This job is done.", 1, ForceWouldDo: false), preview.Refusals);
        Assert.Contains(preview.Refusals, refusal => refusal is { Count: 1, ForceWouldDo: true });
        Assert.Equal(1.20m, (await PreviewAsync(engine, order with { Force = true })).Cost);

        var results = await engine.Get<RecoverJobsCommand>().ExecuteAsync(OwnerId, order, CancellationToken.None);
        Assert.Equal(preview.DoneCount, results.Count(result => result.IsDone));
        Assert.Equal(preview.Refusals.Sum(refusal => refusal.Count), results.Count(result => result.Outcome is RecoveryOutcome.Refused));
    }

    [Fact]
    public async Task Preview_SubmitAgain_ShowsTheMoneyOnceItIsAccepted()
    {
        var engine = Start();
        var order = RecoveryOrder.For(RecoveryAction.SubmitAgain, (await AddAsync(JobStatus.Unconfirmed)).Id);

        var plain = await PreviewAsync(engine, order);
        var accepted = await PreviewAsync(engine, order with { Force = true });

        Assert.Equal((0, 0m), (plain.DoneCount, plain.Cost));
        Assert.Equal((1, 0.40m), (accepted.DoneCount, accepted.Cost));
    }

    [Fact]
    [Trait("Req", "R-03")]
    public async Task Preview_ModelRetired_CostsNothingBecauseItIsRefused()
    {
        var engine = Start(model: ModelSamples.Model with { Lifecycle = new ModelLifecycle(RetiredOn: DateOnly.FromDateTime(Clock.Now.UtcDateTime)) });
        var order = RecoveryOrder.For(RecoveryAction.Retry, (await AddAsync(JobStatus.Failed)).Id);

        var preview = await PreviewAsync(engine, order);

        Assert.Equal((0, 0m), (preview.DoneCount, preview.Cost));
        Assert.Equal("This model is no longer available. Choose another one.", Assert.Single(preview.Refusals).Reason);
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Preview_JobsOfSomebodyElse_AreMissingButToAdministrators()
    {
        var engine = Start();
        var order = RecoveryOrder.For(RecoveryAction.Retry, (await AddAsync(JobStatus.Failed)).Id);

        var stranger = await engine.Get<RecoveryPreviewQuery>().RunAsync(await Database.AddPersonAsync(), order, CancellationToken.None);
        var admin = await engine.Get<RecoveryPreviewQuery>().RunAsync(await Database.AddAdminAsync(), order, CancellationToken.None);

        Assert.Equal((0, 1, 0m), (stranger.DoneCount, stranger.MissingCount, stranger.Cost));
        Assert.Equal((1, 0, 0.40m), (admin.DoneCount, admin.MissingCount, admin.Cost));
    }

    private Task<RecoveryPreview> PreviewAsync(EngineHarness engine, RecoveryOrder order) =>
        engine.Get<RecoveryPreviewQuery>().RunAsync(OwnerId, order, CancellationToken.None);

    private static RecoveryOrder Forced(RecoveryAction action, GenerationJob job) =>
        RecoveryOrder.For(action, job.Id) with { Force = true, Reason = "I insist.", ProviderJobId = "video_1" };

    private static (string Reason, int Count, bool ForceWouldDo) Pair(RecoveryRefusal refusal) => (refusal.Reason, refusal.Count, refusal.ForceWouldDo);
}

public sealed class RecoverJobsCommandSqliteTests(SqliteDatabase database) : RecoverJobsCommandTests(database), IClassFixture<SqliteDatabase>;

public sealed class RecoverJobsCommandPostgresTests(PostgresDatabase database) : RecoverJobsCommandTests(database), IClassFixture<PostgresDatabase>;
