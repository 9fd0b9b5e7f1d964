using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Tests.Jobs;

[Trait("Req", "R-40")]
public abstract class RecoverCheckNowTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task CheckNow_PutOff_IsLookedAtAllTheSame()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) => throw new VideoProviderException(FailureKind.ProviderDown, "503") { IsTransient = true, RetryAfter = TimeSpan.FromHours(1) };
        await engine.StepAsync(job.Id);
        engine.Provider.OnCheck = null;
        var before = await ReadAsync(job.Id);
        Assert.NotNull(before.NotBefore);

        Assert.Equal(RecoveryOutcome.Done, (await CheckAsync(engine, job)).Outcome);

        var asked = await ReadAsync(job.Id);
        Assert.Equal((null, before.Epoch, JobStatus.Generating), (asked.NotBefore, asked.Epoch, asked.Status));
        Assert.Contains(asked.Events, entry => entry.Actor == JobActor.Person(OwnerId) && entry is { From: JobStatus.Generating, To: JobStatus.Generating });
        Assert.Equal(job.Id, Assert.Single(await engine.SummonedAsync()));
        await engine.StepAsync(job.Id);
        Assert.Equal(JobStatus.Saving, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task CheckNow_Unconfirmed_LooksForTheSubmissionAndSendsNothing()
    {
        var engine = Start(Capabilities(SubmissionLookup.Likely));
        engine.Provider.OnFindSubmission = (_, _) => Task.FromResult<string?>("found");
        var job = JobSamples.In(JobStatus.Unconfirmed, OwnerId);
        job.LookedInVain(Clock.Now.AddMinutes(10));
        await Database.AddAsync(job);

        Assert.True((await CheckAsync(engine, job)).IsDone);
        await engine.StepAsync(job.Id);

        Assert.Equal((JobStatus.Generating, "found"), ((await ReadAsync(job.Id)).Status, (await ReadAsync(job.Id)).ProviderJobId));
        Assert.Empty(engine.Provider.Submitted);
    }

    [Theory]
    [InlineData(FailureKind.TimedOut)]
    [InlineData(FailureKind.ProviderDown)]
    [InlineData(FailureKind.Credentials)]
    public async Task CheckNow_FailedButMayBeThere_LooksAgainForNothing(FailureKind kind)
    {
        var engine = Start();
        var job = JobSamples.In(JobStatus.Generating, OwnerId);
        job.Fail(new JobFailure(kind, "No."), Clock.Now);
        await Database.AddAsync(job);

        Assert.True((await CheckAsync(engine, job)).IsDone);
        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Saving, (await ReadAsync(job.Id)).Status);
        Assert.Empty(engine.Provider.Submitted);
    }

    [Fact]
    public async Task CheckNow_MadeButNotStored_IsStoredAgain()
    {
        var engine = Start();
        var job = JobSamples.In(JobStatus.Saving, OwnerId);
        job.Fail(new JobFailure(FailureKind.Storage, "The disk is full."), Clock.Now);
        await Database.AddAsync(job);

        Assert.True((await CheckAsync(engine, job)).IsDone);

        Assert.Equal(JobStatus.Saving, (await ReadAsync(job.Id)).Status);
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Submitting)]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Cancelled)]
    public async Task CheckNow_NothingToAsk_IsRefusedAndChangesNothing(JobStatus status)
    {
        var engine = Start();
        var job = await AddAsync(status);

        Assert.Equal(RecoveryOutcome.Refused, (await CheckAsync(engine, job)).Outcome);

        Assert.Equivalent(job, await ReadAsync(job.Id));
        Assert.Empty(await engine.SummonedAsync());
    }

    private static Task<RecoveryResult> CheckAsync(EngineHarness engine, GenerationJob job) =>
        engine.RecoverAsync(job.OwnerId, RecoveryOrder.For(RecoveryAction.CheckNow, job.Id));
}

public sealed class RecoverCheckNowSqliteTests(SqliteDatabase database) : RecoverCheckNowTests(database), IClassFixture<SqliteDatabase>;

public sealed class RecoverCheckNowPostgresTests(PostgresDatabase database) : RecoverCheckNowTests(database), IClassFixture<PostgresDatabase>;
