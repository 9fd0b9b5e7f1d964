using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Tests.Jobs;

/// <summary>The wish to stop; what becomes of it is in <see cref="CancelTests"/>.</summary>
public abstract class RecoverCancelTests(TestDatabase database) : EngineTests(database)
{
    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Submitting)]
    [InlineData(JobStatus.Unconfirmed)]
    [InlineData(JobStatus.Generating)]
    [InlineData(JobStatus.Saving)]
    public async Task Execute_Active_NotesTheWishAndLooksAtOnce(JobStatus status)
    {
        var engine = Start();
        var job = await AddAsync(status);

        var result = await ExecuteAsync(engine, OwnerId, job.Id);

        Assert.True(result.IsDone);
        var stored = await ReadAsync(job.Id);
        Assert.Equal((status, Clock.Now, job.Epoch), (stored.Status, stored.CancelRequestedAt, stored.Epoch));
        Assert.Equal(job.Id, Assert.Single(await engine.SummonedAsync()));
    }

    [Theory]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Cancelled)]
    public async Task Execute_Ended_IsRefusedWithTheReason(JobStatus status)
    {
        var job = await AddAsync(status);

        var result = await ExecuteAsync(Start(), OwnerId, job.Id);

        Assert.Equal((RecoveryOutcome.Refused, "This job has already ended."), (result.Outcome, result.Reason));
        Assert.Null((await ReadAsync(job.Id)).CancelRequestedAt);
    }

    [Fact]
    public async Task Execute_Twice_KeepsTheFirstWish()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        await ExecuteAsync(engine, OwnerId, job.Id);
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await ExecuteAsync(engine, OwnerId, job.Id)).IsDone);

        var stored = await ReadAsync(job.Id);
        Assert.Equal(TestClock.Start, stored.CancelRequestedAt);
        Assert.Single(stored.Events, entry => entry.Actor == JobActor.Person(OwnerId) && entry.From == entry.To);
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Execute_JobOfSomebodyElse_LooksLikeAMissingOne()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);

        Assert.Equal(new RecoveryResult(job.Id, RecoveryOutcome.Missing), await ExecuteAsync(engine, await Database.AddPersonAsync(), job.Id));
        Assert.Equal(RecoveryOutcome.Missing, (await ExecuteAsync(engine, OwnerId, Guid.NewGuid())).Outcome);
        Assert.Null((await ReadAsync(job.Id)).CancelRequestedAt);
    }

    private static Task<RecoveryResult> ExecuteAsync(EngineHarness engine, Guid ownerId, Guid jobId) =>
        engine.RecoverAsync(ownerId, RecoveryOrder.For(RecoveryAction.Cancel, jobId));
}

public sealed class RecoverCancelSqliteTests(SqliteDatabase database) : RecoverCancelTests(database), IClassFixture<SqliteDatabase>;

public sealed class RecoverCancelPostgresTests(PostgresDatabase database) : RecoverCancelTests(database), IClassFixture<PostgresDatabase>;
