using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Providers;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Tests.Jobs;

/// <summary>Every action on somebody else's job, every reset and every forced action is on record, whatever came of it; and no other.</summary>
[Trait("Req", "R-43")]
public abstract class RecoveryAuditTests(TestDatabase database) : EngineTests(database)
{
    public static TheoryData<RecoveryAction> EveryAction() => [.. Enum.GetValues<RecoveryAction>()];

    [Theory]
    [MemberData(nameof(EveryAction))]
    public async Task Administrator_EveryActionInEveryState_IsOnRecordOnce(RecoveryAction action)
    {
        var engine = StartWithAProviderAtWork();
        var admin = await Database.AddAdminAsync();
        foreach (var state in RecoverySamples.States)
        {
            var job = await Database.AddAsync(RecoverySamples.In(state, OwnerId));

            var result = await engine.RecoverAsync(admin, OrderOf(action, job));

            var entry = Assert.Single(await Database.AuditOfAsync(job.Id));
            Assert.Equal((admin, RecoveryAudit.NameOf(action), "job", Clock.Now), (entry.ActorId, entry.Action, entry.TargetKind, entry.At));
            Assert.Equal(result.IsDone ? "done" : $"refused: {result.Reason}", entry.Outcome);
            Assert.Null(entry.Reason);
        }
    }

    [Theory]
    [MemberData(nameof(EveryAction))]
    public async Task Anybody_ForcedInEveryState_IsOnRecordOnceWithTheReason(RecoveryAction action)
    {
        var engine = StartWithAProviderAtWork();
        foreach (var state in RecoverySamples.States)
        {
            var job = await Database.AddAsync(RecoverySamples.In(state, OwnerId));

            var result = await engine.RecoverAsync(OwnerId, OrderOf(action, job) with { Force = true, Reason = "I insist." });

            var entry = Assert.Single(await Database.AuditOfAsync(job.Id));
            Assert.Equal((OwnerId, "I insist."), (entry.ActorId, entry.Reason));
            Assert.Equal(result.IsDone ? "done" : $"refused: {result.Reason}", entry.Outcome);
        }
    }

    // The reset of a job in each of the states: refused, forced or done, and always on record.
    [Theory]
    [Trait("Req", "R-41")]
    [InlineData(nameof(JobStatus.Queued), false, false)]
    [InlineData(nameof(JobStatus.Submitting), false, true)]
    [InlineData(nameof(JobStatus.Unconfirmed), false, true)]
    [InlineData(nameof(JobStatus.Generating), false, true)]
    [InlineData(nameof(JobStatus.Saving), false, false)]
    [InlineData(nameof(JobStatus.Completed), false, false)]
    [InlineData(nameof(JobStatus.Failed), false, true)]
    [InlineData(nameof(JobStatus.Cancelled), false, false)]
    [InlineData(RecoverySamples.GivenUp, false, true)]
    [InlineData(RecoverySamples.Doubtful, false, false)]
    [InlineData(RecoverySamples.ReadyAgain, false, false)]
    public async Task Reset_ByAnAdministratorInEachState_NeverLeadsToASecondPaymentUnforced(string state, bool plain, bool forced)
    {
        var engine = StartWithAProviderAtWork();
        var admin = await Database.AddAdminAsync();
        var job = await Database.AddAsync(RecoverySamples.In(state, OwnerId));

        Assert.Equal(plain, (await engine.RecoverAsync(admin, OrderOf(RecoveryAction.Reset, job))).IsDone);
        Assert.Equal(job.Status, (await ReadAsync(job.Id)).Status);
        Assert.Equal(forced, (await engine.RecoverAsync(admin, OrderOf(RecoveryAction.Reset, job) with { Force = true, Reason = "It hung." })).IsDone);

        Assert.Equal(2, (await Database.AuditOfAsync(job.Id)).Count);
        Assert.Empty(engine.Provider.Submitted);
    }

    [Theory]
    [InlineData(RecoveryAction.CheckNow, nameof(JobStatus.Generating))]
    [InlineData(RecoveryAction.Retry, nameof(JobStatus.Failed))]
    [InlineData(RecoveryAction.Cancel, nameof(JobStatus.Generating))]
    [InlineData(RecoveryAction.GiveUp, nameof(JobStatus.Unconfirmed))]
    public async Task Owner_OrdinaryAction_IsInTheHistoryAlone(RecoveryAction action, string state)
    {
        var engine = StartWithAProviderAtWork();
        var job = await Database.AddAsync(RecoverySamples.In(state, OwnerId));

        await engine.RecoverAsync(OwnerId, OrderOf(action, job));

        Assert.Empty(await Database.AuditOfAsync(job.Id));
    }

    [Fact]
    [Trait("Req", "R-41")]
    public async Task Reset_OfTheirOwnInEveryState_IsOnRecordOnce()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => throw No();
        foreach (var state in RecoverySamples.States)
        {
            var job = await Database.AddAsync(RecoverySamples.In(state, OwnerId));

            var result = await engine.RecoverAsync(OwnerId, OrderOf(RecoveryAction.Reset, job));

            var entry = Assert.Single(await Database.AuditOfAsync(job.Id));
            Assert.Equal((OwnerId, result.IsDone ? "done" : $"refused: {result.Reason}"), (entry.ActorId, entry.Outcome));
        }
    }

    [Fact]
    public async Task Refusal_WithAnOverlongReason_IsOnRecordWithoutIt()
    {
        var engine = StartWithAProviderAtWork();
        var job = await AddAsync(JobStatus.Unconfirmed);

        await engine.RecoverAsync(OwnerId, OrderOf(RecoveryAction.SubmitAgain, job) with { Force = true, Reason = new string('x', 5000) });

        var entry = Assert.Single(await Database.AuditOfAsync(job.Id));
        Assert.Null(entry.Reason);
        Assert.Equal($"refused: The reason is one line of at most {RecoveryRules.MaxReasonLength} characters.", entry.Outcome);
    }

    [Fact]
    public async Task Entry_OfAnAction_HoldsNoPrompt()
    {
        var engine = StartWithAProviderAtWork();
        var job = await AddAsync(JobStatus.Generating);

        await engine.RecoverAsync(await Database.AddAdminAsync(), OrderOf(RecoveryAction.Cancel, job));

        var entry = Assert.Single(await Database.AuditOfAsync(job.Id));
        Assert.DoesNotContain(job.Prompt, $"{entry.Action} {entry.TargetId} {entry.Reason} {entry.Outcome}", StringComparison.Ordinal);
    }

    private EngineHarness StartWithAProviderAtWork()
    {
        var engine = Start(Capabilities(SubmissionLookup.Likely));
        engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());
        return engine;
    }

    private static RecoveryOrder OrderOf(RecoveryAction action, GenerationJob job) =>
        RecoveryOrder.For(action, job.Id) with { ProviderJobId = $"video_{job.Id:N}" };
}

public sealed class RecoveryAuditSqliteTests(SqliteDatabase database) : RecoveryAuditTests(database), IClassFixture<SqliteDatabase>;

public sealed class RecoveryAuditPostgresTests(PostgresDatabase database) : RecoveryAuditTests(database), IClassFixture<PostgresDatabase>;
