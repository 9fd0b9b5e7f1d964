using Microsoft.EntityFrameworkCore;
using Quartz;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Tests.Jobs;

/// <summary>What goes wrong while a person's action is carried out: the engine is quicker, or something does not work.</summary>
[Trait("Req", "R-40")]
public abstract class RecoverFaultTests(TestDatabase database) : EngineTests(database)
{
    // The epoch alone does not show it: the engine moves a job under the epoch that it took with the lease.
    [Fact]
    public async Task Reset_EngineMovesItBetweenLoadAndSave_OverwritesNothing()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = async (_, _) =>
        {
            await FinishAsync(job.Id);
            return TestVideoProvider.Running();
        };

        var result = await engine.RecoverAsync(OwnerId, RecoveryOrder.For(RecoveryAction.Reset, job.Id) with { Force = true, Reason = "It hangs." });

        Assert.Equal(new RecoveryResult(job.Id, RecoveryOutcome.Refused, "The provider has finished it, and its video is being saved."), result);
        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Saving, job.ProviderJobId, job.Epoch), (stored.Status, stored.ProviderJobId, stored.Epoch));
        Assert.DoesNotContain(stored.Events, entry => entry.To is JobStatus.Cancelled);
    }

    [Fact]
    [Trait("Req", "R-43")]
    public async Task Retry_WrittenButNotPlanned_IsDoneAndOnRecordAsDone()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Failed);
        var scheduler = await engine.Get<ISchedulerFactory>().GetScheduler();
        await scheduler.DeleteJob(JobStepJob.Key);

        var result = await engine.RecoverAsync(await Database.AddAdminAsync(), RecoveryOrder.For(RecoveryAction.Retry, job.Id));

        Assert.Equal(new RecoveryResult(job.Id, RecoveryOutcome.Done), result);
        Assert.Equal(JobStatus.Queued, (await ReadAsync(job.Id)).Status);
        Assert.Equal("done", Assert.Single(await Database.AuditOfAsync(job.Id)).Outcome);
    }

    private async Task FinishAsync(Guid jobId)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        var job = await db.Jobs.SingleAsync(row => row.Id == jobId);
        if (job.Status is JobStatus.Generating)
        {
            job.FinishGenerating("finished", 1, Clock.Now);
            await db.SaveChangesAsync();
        }
    }
}

public sealed class RecoverFaultSqliteTests(SqliteDatabase database) : RecoverFaultTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    [Trait("Req", "R-44")]
    public async Task Adopt_CannotBeWritten_IsNotToldAsTheJobOfAnother()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());
        var job = await AddAsync(JobStatus.Unconfirmed);
        await using var db = await Database.Contexts.CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync(
            """
            CREATE TRIGGER "Unwritable" BEFORE UPDATE ON "Jobs" WHEN NEW."ProviderJobId" = 'unwritable'
            BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END
            """);

        var result = await engine.RecoverAsync(OwnerId, RecoveryOrder.For(RecoveryAction.Adopt, job.Id) with { ProviderJobId = "unwritable" });

        Assert.Equal(new RecoveryResult(job.Id, RecoveryOutcome.Refused, "This could not be done just now. Try again."), result);
        Assert.Equal(JobStatus.Unconfirmed, (await ReadAsync(job.Id)).Status);
    }
}

public sealed class RecoverFaultPostgresTests(PostgresDatabase database) : RecoverFaultTests(database), IClassFixture<PostgresDatabase>;
