using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Providers;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Tests.Jobs;

[Trait("Req", "R-40")]
public abstract class RecoverCheckNowTests(TestDatabase database) : EngineTests(database)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

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
        Clock.Advance(Interval);

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

    [Fact]
    [Trait("Req", "R-10")]
    public async Task CheckNow_RightAfterALook_IsLookedAtWhenTheIntervalHasPassed()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());
        var job = await AddAsync(JobStatus.Generating);
        await engine.StepAsync(job.Id);
        Clock.Advance(TimeSpan.FromSeconds(2));

        for (var click = 0; click < 3; click++)
        {
            Assert.True((await CheckAsync(engine, job)).IsDone);
            await engine.StepAsync(job.Id);
        }

        Assert.Single(engine.Provider.Checked);
        Assert.Empty(await engine.SummonedAsync());
        Assert.Contains(job.Id, await engine.PlannedAsync());
        Clock.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromMilliseconds(1));
        await engine.StepAsync(job.Id);
        Assert.Single(engine.Provider.Checked);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await engine.StepAsync(job.Id);
        Assert.Equal(2, engine.Provider.Checked.Count);
    }

    [Fact]
    [Trait("Req", "R-10")]
    public async Task CheckNow_ProviderRefusesTheKeyEachTime_IsAskedNoMoreOftenThanItMayBe()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => throw No(FailureKind.Credentials);
        var job = await AddAsync(JobStatus.Generating);

        for (var click = 0; click < 3; click++)
        {
            await engine.StepAsync(job.Id);
            await CheckAsync(engine, job);
        }

        Assert.Single(engine.Provider.Checked);
        Assert.Equal(Clock.Now + Interval, (await ReadAsync(job.Id)).NotBefore);
    }

    // Three looks mean that there is nothing only because the listing has had time to catch up between them.
    [Theory]
    [Trait("Req", "R-16")]
    [InlineData(0, 1)]
    [InlineData(5, 4)]
    public async Task CheckNow_ListingLags_LooksCloseTogetherCountAsOne(int secondsApart, int looks)
    {
        var engine = Start(Capabilities(SubmissionLookup.Eventual));
        var job = await AddAsync(JobStatus.Unconfirmed);
        await engine.StepAsync(job.Id);

        for (var click = 0; click < 3; click++)
        {
            Clock.Advance(TimeSpan.FromSeconds(secondsApart));
            Assert.True((await CheckAsync(engine, job)).IsDone);
            await engine.StepAsync(job.Id);
        }

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Unconfirmed, 1), (stored.Status, Assert.Single(stored.Attempts).EmptyLooks));
        Assert.Equal((looks, 0), (engine.Provider.Sought.Count, engine.Provider.Submitted.Count));

        engine.Provider.OnFindSubmission = (_, _) => Task.FromResult<string?>("found");
        Clock.Advance(Interval);
        await CheckAsync(engine, job);
        await engine.StepAsync(job.Id);
        Assert.Equal((JobStatus.Generating, "found"), ((await ReadAsync(job.Id)).Status, (await ReadAsync(job.Id)).ProviderJobId));
    }

    [Theory]
    [Trait("Req", "R-14")]
    [InlineData(0, 1)]
    [InlineData(5, 4)]
    public async Task CheckNow_ProviderDoesNotKnowIt_AnswersCloseTogetherCountAsOne(int secondsApart, int looks)
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => throw No(FailureKind.LostAtProvider);
        var job = await AddAsync(JobStatus.Generating);
        await engine.StepAsync(job.Id);

        for (var click = 0; click < 3; click++)
        {
            Clock.Advance(TimeSpan.FromSeconds(secondsApart));
            Assert.True((await CheckAsync(engine, job)).IsDone);
            await engine.StepAsync(job.Id);
        }

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Generating, 1), (stored.Status, stored.UnknownLooks));
        Assert.Equal(looks, engine.Provider.Checked.Count);

        engine.Provider.OnCheck = null;
        Clock.Advance(Interval);
        await CheckAsync(engine, job);
        await engine.StepAsync(job.Id);
        Assert.Equal(JobStatus.Saving, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    public async Task CheckNow_ClickedOverAndOver_IsInTheHistoryOnceAMinute()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);

        for (var click = 0; click < 3; click++)
        {
            await CheckAsync(engine, job);
            Clock.Advance(TimeSpan.FromSeconds(29));
        }

        Assert.Single((await ReadAsync(job.Id)).Events, entry => entry.From == entry.To);
        await CheckAsync(engine, job);
        await engine.RecoverAsync(await Database.AddAdminAsync(), RecoveryOrder.For(RecoveryAction.CheckNow, job.Id));
        Assert.Equal(3, (await ReadAsync(job.Id)).Events.Count(entry => entry.From == entry.To));
    }

    private static Task<RecoveryResult> CheckAsync(EngineHarness engine, GenerationJob job) =>
        engine.RecoverAsync(job.OwnerId, RecoveryOrder.For(RecoveryAction.CheckNow, job.Id));
}

public sealed class RecoverCheckNowSqliteTests(SqliteDatabase database) : RecoverCheckNowTests(database), IClassFixture<SqliteDatabase>;

public sealed class RecoverCheckNowPostgresTests(PostgresDatabase database) : RecoverCheckNowTests(database), IClassFixture<PostgresDatabase>;
