using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Models;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Tests.Jobs;

[Trait("Req", "R-42")]
public abstract class RecoverRetryTests(TestDatabase database) : EngineTests(database)
{
    [Theory]
    [InlineData(JobStatus.Queued, "This job is running.")]
    [InlineData(JobStatus.Submitting, "This job is running.")]
    [InlineData(JobStatus.Unconfirmed, "This job is running.")]
    [InlineData(JobStatus.Generating, "This job is running.")]
    [InlineData(JobStatus.Saving, "This job is running.")]
    [InlineData(JobStatus.Completed, "This job is done.")]
    [InlineData(JobStatus.Failed, null)]
    [InlineData(JobStatus.Cancelled, null)]
    public async Task Execute_InEachStatus_RunsOnlyWhatHasStopped(JobStatus status, string? refusal)
    {
        var engine = Start();
        var job = await AddAsync(status);

        var result = await ExecuteAsync(engine, OwnerId, job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((refusal is null, refusal), (result.IsDone, result.Reason));
        Assert.Equal(refusal is null ? JobStatus.Queued : status, stored.Status);
        Assert.Equal(refusal is null ? [job.Id] : [], await engine.SummonedAsync());
        Assert.Equal(job.Prompt, stored.Prompt);
    }

    // What failed before the provider had accepted it is sent again, whatever was wrong.
    [Theory]
    [InlineData(FailureKind.RateLimited)]
    [InlineData(FailureKind.ProviderDown)]
    [InlineData(FailureKind.Credentials)]
    [InlineData(FailureKind.Quota)]
    [InlineData(FailureKind.Moderated)]
    [InlineData(FailureKind.InputRefused)]
    public async Task Execute_NeverAccepted_SendsItAgain(FailureKind kind)
    {
        var job = JobSamples.In(JobStatus.Submitting, OwnerId);
        job.Fail(new JobFailure(kind, "No."), Clock.Now);

        var stored = await RetryAsync(job);

        Assert.Equal((JobStatus.Queued, null, null), (stored.Status, stored.FailureKind, stored.ProviderJobId));
    }

    // What was accepted is paid for: it is sent again only if there is nothing left to look at.
    [Theory]
    [InlineData(FailureKind.TimedOut, JobStatus.Generating)]
    [InlineData(FailureKind.Quarantined, JobStatus.Generating)]
    [InlineData(FailureKind.ProviderDown, JobStatus.Generating)]
    [InlineData(FailureKind.RateLimited, JobStatus.Generating)]
    [InlineData(FailureKind.Credentials, JobStatus.Generating)]
    [InlineData(FailureKind.LostAtProvider, JobStatus.Queued)]
    [InlineData(FailureKind.ProviderError, JobStatus.Queued)]
    [InlineData(FailureKind.Moderated, JobStatus.Queued)]
    public async Task Execute_FailedWhileGenerating_LooksBeforeItPaysAgain(FailureKind kind, JobStatus expected)
    {
        var job = JobSamples.In(JobStatus.Generating, OwnerId);
        job.Fail(new JobFailure(kind, "No."), Clock.Now, Clock.Now.AddHours(24));

        var stored = await RetryAsync(job);

        Assert.Equal((expected, null, null), (stored.Status, stored.FailureKind, stored.LateChecksUntil));
        Assert.Equal(expected == JobStatus.Generating ? job.ProviderJobId : null, stored.ProviderJobId);
    }

    [Theory]
    [InlineData(FailureKind.Storage, JobStatus.Saving)]
    [InlineData(FailureKind.BadMedia, JobStatus.Saving)]
    [InlineData(FailureKind.ProviderDown, JobStatus.Saving)]
    [InlineData(FailureKind.Credentials, JobStatus.Saving)]
    [InlineData(FailureKind.LostAtProvider, JobStatus.Queued)]
    public async Task Execute_FailedWhileSaving_SavesAgainWhatIsThere(FailureKind kind, JobStatus expected)
    {
        var job = JobSamples.In(JobStatus.Saving, OwnerId);
        job.Fail(new JobFailure(kind, "No."), Clock.Now);

        Assert.Equal(expected, (await RetryAsync(job)).Status);
    }

    [Fact]
    public async Task Execute_ProviderItselfFailedIt_SendsItAgain()
    {
        var job = JobSamples.In(JobStatus.Generating, OwnerId);
        job.Fail(new JobFailure(FailureKind.ProviderDown, "Their machine broke."), Clock.Now);
        job.MarkReleased(Clock.Now);

        Assert.Equal(JobStatus.Queued, (await RetryAsync(job)).Status);
    }

    [Fact]
    [Trait("Req", "R-43")]
    public async Task Execute_Done_IsInTheHistoryUnderThePerson()
    {
        var job = JobSamples.In(JobStatus.Failed, OwnerId);
        Clock.Advance(TimeSpan.FromMinutes(5));

        var stored = await RetryAsync(job);

        var last = stored.Events.OrderBy(entry => entry.At).Last();
        Assert.Equal((JobStatus.Failed, JobStatus.Queued, JobActor.Person(OwnerId), Clock.Now), (last.From, last.To, last.Actor, last.At));
        Assert.Equal(Clock.Now, stored.QueuedAt);
    }

    [Fact]
    [Trait("Req", "R-03")]
    public async Task Execute_ModelRetired_IsRefusedUnlessItCostsNothing()
    {
        var engine = Start(model: ModelSamples.Model with { Lifecycle = new ModelLifecycle(RetiredOn: DateOnly.FromDateTime(Clock.Now.UtcDateTime)) });
        var refused = await AddAsync(JobStatus.Failed);
        var timedOut = JobSamples.In(JobStatus.Generating, OwnerId);
        timedOut.Fail(new JobFailure(FailureKind.TimedOut, "No sign of life."), Clock.Now);
        await Database.AddAsync(timedOut);

        Assert.Equal("This model is no longer available. Choose another one.", (await ExecuteAsync(engine, OwnerId, refused.Id)).Reason);
        Assert.True((await ExecuteAsync(engine, OwnerId, timedOut.Id)).IsDone);

        Assert.Equal(JobStatus.Failed, (await ReadAsync(refused.Id)).Status);
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Execute_JobOfSomebodyElse_LooksLikeAMissingOne()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Failed);
        var stranger = await Database.AddPersonAsync();

        Assert.Equal(new RecoveryResult(job.Id, RecoveryOutcome.Missing), await ExecuteAsync(engine, stranger, job.Id));
        Assert.Equal(RecoveryOutcome.Missing, (await ExecuteAsync(engine, OwnerId, Guid.NewGuid())).Outcome);
        Assert.Equal(JobStatus.Failed, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Execute_SeveralAtOnce_OneActs()
    {
        var engine = Start();
        for (var round = 0; round < 25; round++)
        {
            var job = await AddAsync(JobStatus.Failed);

            var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ExecuteAsync(engine, OwnerId, job.Id))));

            Assert.Single(results, result => result.IsDone);
            Assert.Single((await ReadAsync(job.Id)).Events, entry => entry.From == JobStatus.Failed);
        }
    }

    private static Task<RecoveryResult> ExecuteAsync(EngineHarness engine, Guid ownerId, Guid jobId) =>
        engine.RecoverAsync(ownerId, RecoveryOrder.For(RecoveryAction.Retry, jobId));

    private async Task<GenerationJob> RetryAsync(GenerationJob job)
    {
        await Database.AddAsync(job);
        Assert.True((await ExecuteAsync(Start(), OwnerId, job.Id)).IsDone);
        return await ReadAsync(job.Id);
    }
}

public sealed class RecoverRetrySqliteTests(SqliteDatabase database) : RecoverRetryTests(database), IClassFixture<SqliteDatabase>;

public sealed class RecoverRetryPostgresTests(PostgresDatabase database) : RecoverRetryTests(database), IClassFixture<PostgresDatabase>;
