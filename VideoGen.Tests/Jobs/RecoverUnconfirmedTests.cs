using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Models;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Tests.Jobs;

/// <summary>What a person decides about a submission whose answer was lost.</summary>
[Trait("Req", "R-16")]
[Trait("Req", "R-40")]
public abstract class RecoverUnconfirmedTests(TestDatabase database) : EngineTests(database)
{
    private const string TheirId = "video_68f1a2b3";

    [Fact]
    public async Task Adopt_JobThatTheProviderKnows_IsFollowed()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());
        var job = await AddAsync(JobStatus.Unconfirmed);

        Assert.Equal(RecoveryOutcome.Done, (await AdoptAsync(engine, job, $" {TheirId}\n")).Outcome);

        var stored = await ReadAsync(job.Id);
        var attempt = Assert.Single(stored.Attempts);
        Assert.Equal((JobStatus.Generating, TheirId, AttemptOutcome.Accepted), (stored.Status, stored.ProviderJobId, attempt.Outcome));
        Assert.Equal(JobActor.Person(OwnerId), stored.Events.Single(entry => entry.To is JobStatus.Generating).Actor);
        Assert.Equal(TheirId, Assert.Single(engine.Provider.Checked));
        Assert.Contains(job.Id, await engine.PlannedAsync());
        Assert.Empty(engine.Provider.Submitted);
    }

    [Fact]
    public async Task Adopt_UnknownToTheProvider_IsRefused()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => throw No(FailureKind.LostAtProvider);

        await AssertNotAdoptedAsync(engine, TheirId, "The provider knows no job with this id.");
    }

    [Fact]
    public async Task Adopt_ProviderCannotBeAsked_IsRefused()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => throw Busy();

        await AssertNotAdoptedAsync(engine, TheirId, "The provider cannot be asked about it. The provider is busy.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("../files/secret")]
    [InlineData("two words")]
    public async Task Adopt_NoId_IsRefusedUnasked(string text)
    {
        var engine = Start();

        await AssertNotAdoptedAsync(engine, text, "This does not look like a provider’s id of a job.");

        Assert.Empty(engine.Provider.Checked);
    }

    [Fact]
    public async Task Adopt_JobOfAnotherJob_IsRefusedUnasked()
    {
        var engine = Start();
        var other = await AddAsync(JobStatus.Generating, await Database.AddPersonAsync());

        await AssertNotAdoptedAsync(engine, other.ProviderJobId!, "This provider job belongs to another job.");

        Assert.Empty(engine.Provider.Checked);
    }

    // What a reset job had once is still its own: the attempt remembers.
    [Fact]
    public async Task Adopt_JobThatAResetJobHad_IsRefused()
    {
        var engine = Start();
        var reset = JobSamples.In(JobStatus.Failed, OwnerId);
        var theirId = reset.ProviderJobId!;
        reset.Reset("Reset.", TestClock.Start, JobActor.Person(OwnerId));
        await Database.AddAsync(reset);

        await AssertNotAdoptedAsync(engine, theirId, "This provider job belongs to another job.");
    }

    [Fact]
    public async Task Adopt_SameIdByTwoAtOnce_OneHasIt()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());
        for (var round = 0; round < 10; round++)
        {
            var jobs = await Task.WhenAll(AddAsync(JobStatus.Unconfirmed), AddAsync(JobStatus.Unconfirmed));

            var results = await Task.WhenAll(jobs.Select(job => Task.Run(() => AdoptAsync(engine, job, $"{TheirId}-{round}"))));

            Assert.Single(results, result => result.IsDone);
            Assert.Equal("This provider job belongs to another job.", results.Single(result => !result.IsDone).Reason);
        }
    }

    [Fact]
    public async Task SubmitAgain_WithoutAcceptance_IsRefused()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Unconfirmed);

        var unasked = await engine.RecoverAsync(OwnerId, RecoveryOrder.For(RecoveryAction.SubmitAgain, job.Id) with { Reason = "It was not there." });
        var silent = await engine.RecoverAsync(OwnerId, RecoveryOrder.For(RecoveryAction.SubmitAgain, job.Id) with { Force = true });

        Assert.Equal(
            new RecoveryResult(job.Id, RecoveryOutcome.Refused, "The provider may have started it. If it has, it is charged twice.", ForceWouldDo: true), unasked);
        Assert.Equal(new RecoveryResult(job.Id, RecoveryOutcome.Refused, "Say why. It is kept in the history."), silent);
        Assert.Equivalent(job, await ReadAsync(job.Id));
        Assert.Empty(engine.Provider.Submitted);
        Assert.Equal(2, (await Database.AuditOfAsync(job.Id)).Count);
    }

    [Fact]
    public async Task SubmitAgain_Accepted_IsSentOnceMoreAndTheFirstStaysUnknown()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Unconfirmed);

        Assert.True((await ForceAsync(engine, RecoveryAction.SubmitAgain, job)).IsDone);
        await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Generating, 2), (stored.Status, stored.AttemptCount));
        Assert.Equal([AttemptOutcome.Unknown, AttemptOutcome.Accepted], stored.Attempts.OrderBy(attempt => attempt.Number).Select(attempt => attempt.Outcome));
        Assert.Single(engine.Provider.Submitted);
        Assert.Contains("I looked.", stored.Events.Single(entry => entry.From is JobStatus.Unconfirmed).Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-03")]
    public async Task SubmitAgain_ModelRetired_IsRefused()
    {
        var engine = Start(model: ModelSamples.Model with { Lifecycle = new ModelLifecycle(RetiredOn: DateOnly.FromDateTime(Clock.Now.UtcDateTime)) });
        var job = await AddAsync(JobStatus.Unconfirmed);

        Assert.Equal("This model is no longer available. Choose another one.", (await ForceAsync(engine, RecoveryAction.SubmitAgain, job)).Reason);
    }

    [Fact]
    [Trait("Req", "R-44")]
    public async Task GiveUp_Unconfirmed_IsFailedAndNotSent()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Unconfirmed);

        Assert.True((await engine.RecoverAsync(OwnerId, RecoveryOrder.For(RecoveryAction.GiveUp, job.Id) with { Reason = "Nobody knows." })).IsDone);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Failed, FailureKind.Unconfirmed, AttemptOutcome.Unknown), (stored.Status, stored.FailureKind, Assert.Single(stored.Attempts).Outcome));
        Assert.Equal("Given up. Whether the provider has started it is not known. “Nobody knows.”", stored.FailureMessage);
        Assert.Equal(JobActor.Person(OwnerId), stored.Events.Single(entry => entry.To is JobStatus.Failed).Actor);
    }

    // Otherwise giving up would be the way round the question.
    [Theory]
    [Trait("Req", "R-42")]
    [InlineData(RecoverySamples.GivenUp)]
    [InlineData(RecoverySamples.Doubtful)]
    public async Task Retry_MayHaveBeenAccepted_NeedsTheSameAcceptance(string state)
    {
        var engine = Start();
        var job = await Database.AddAsync(RecoverySamples.In(state, OwnerId));

        Assert.True((await engine.RecoverAsync(OwnerId, RecoveryOrder.For(RecoveryAction.Retry, job.Id))).ForceWouldDo);
        Assert.Equal(job.Status, (await ReadAsync(job.Id)).Status);
        Assert.True((await ForceAsync(engine, RecoveryAction.Retry, job)).IsDone);

        Assert.Equal(JobStatus.Queued, (await ReadAsync(job.Id)).Status);
    }

    [Theory]
    [InlineData(RecoveryAction.Adopt)]
    [InlineData(RecoveryAction.SubmitAgain)]
    [InlineData(RecoveryAction.GiveUp)]
    [InlineData(RecoveryAction.Reset)]
    public async Task Decision_AnswerWasLeftBehind_IsRefusedForTheFreeWay(RecoveryAction action)
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Unconfirmed);
        await engine.Get<ProviderRequests>().RememberAnswerAsync(Assert.Single(job.Attempts).SubmitKey, TheirId);

        Assert.Equal("The provider has accepted it after all. Check now.", (await ForceAsync(engine, action, job)).Reason);
        Assert.True((await engine.RecoverAsync(OwnerId, RecoveryOrder.For(RecoveryAction.CheckNow, job.Id))).IsDone);
        await engine.StepAsync(job.Id);

        Assert.Equal((JobStatus.Generating, TheirId), ((await ReadAsync(job.Id)).Status, (await ReadAsync(job.Id)).ProviderJobId));
    }

    private static Task<RecoveryResult> AdoptAsync(EngineHarness engine, GenerationJob job, string id) =>
        engine.RecoverAsync(job.OwnerId, RecoveryOrder.For(RecoveryAction.Adopt, job.Id) with { ProviderJobId = id });

    private static Task<RecoveryResult> ForceAsync(EngineHarness engine, RecoveryAction action, GenerationJob job) => engine.RecoverAsync(
        job.OwnerId, RecoveryOrder.For(action, job.Id) with { Force = true, Reason = "I looked.", ProviderJobId = TheirId });

    private async Task AssertNotAdoptedAsync(EngineHarness engine, string id, string reason)
    {
        var job = await AddAsync(JobStatus.Unconfirmed);

        Assert.Equal(new RecoveryResult(job.Id, RecoveryOutcome.Refused, reason), await AdoptAsync(engine, job, id));

        Assert.Equivalent(job, await ReadAsync(job.Id));
    }
}

public sealed class RecoverUnconfirmedSqliteTests(SqliteDatabase database) : RecoverUnconfirmedTests(database), IClassFixture<SqliteDatabase>;

public sealed class RecoverUnconfirmedPostgresTests(PostgresDatabase database) : RecoverUnconfirmedTests(database), IClassFixture<PostgresDatabase>;
