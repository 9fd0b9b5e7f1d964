using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Models;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

/// <summary>What the provider's answers do to a running job.</summary>
public abstract class CheckStepTests(TestDatabase database) : EngineTests(database)
{
    private static readonly TimeSpan Limit = ModelSamples.Model.StuckAfter;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(ProviderJobState.Waiting, JobStatus.Generating, StepOutcome.Later)]
    [InlineData(ProviderJobState.Running, JobStatus.Generating, StepOutcome.Later)]
    [InlineData(ProviderJobState.Finished, JobStatus.Saving, StepOutcome.Again)]
    [InlineData(ProviderJobState.Failed, JobStatus.Failed, StepOutcome.Ended)]
    [InlineData(ProviderJobState.Cancelled, JobStatus.Cancelled, StepOutcome.Ended)]
    [Trait("Req", "R-11")]
    public async Task Run_ProviderAnswers_JobMovesAccordingly(object state, JobStatus expected, object outcome)
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) => Task.FromResult(new ProviderJob { State = (ProviderJobState)state, RawStatus = "their word" });

        Assert.Equal((StepOutcome)outcome, await engine.StepAsync(job.Id));

        var stored = await ReadAsync(job.Id);
        Assert.Equal((expected, "their word", Clock.Now), (stored.Status, stored.ProviderStatus, stored.LastCheckedAt));
        Assert.Equal(job.ProviderJobId, Assert.Single(engine.Provider.Checked));
    }

    [Fact]
    public async Task Run_Finished_RemembersHowManyFiles()
    {
        var engine = Start(new TestVideoProvider { ResultCount = 3 });
        var job = await AddAsync(JobStatus.Generating);

        await engine.StepAsync(job.Id);

        Assert.Equal(3, (await ReadAsync(job.Id)).ResultCount);
    }

    [Fact]
    [Trait("Req", "R-44")]
    public async Task Run_FailedThere_KeepsTheReasonAndLetsGo()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) => Task.FromResult(new ProviderJob
        {
            State = ProviderJobState.Failed,
            RawStatus = "failed",
            Failure = new JobFailure(FailureKind.Moderated, "Not allowed.", "code 7"),
        });

        await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((FailureKind.Moderated, "Not allowed.", "code 7"), (stored.FailureKind, stored.FailureMessage, stored.FailureDetail));
        Assert.Equal((Clock.Now, null), (stored.ReleasedAt, stored.LateChecksUntil));
        Assert.Equal(job.ProviderJobId, Assert.Single(engine.Provider.Released));
    }

    [Fact]
    [Trait("Req", "R-13")]
    public async Task Run_ProgressReported_NeverFalls()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);

        foreach (var (reported, shown) in new (double?, double?)[] { (null, null), (0.2, 0.2), (0.6, 0.6), (0.4, 0.6), (null, 0.6), (0.9, 0.9), (7, 1) })
        {
            engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running(reported));
            await engine.StepAsync(job.Id);
            Assert.Equal(shown, (await ReadAsync(job.Id)).Progress);
        }
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Run_ProviderUnavailable_KeepsItsStateAndWaitsLongerEachTime()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) => throw Busy();
        var last = TimeSpan.Zero;

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await engine.StepAsync(job.Id);
            await engine.StepAsync(job.Id);

            var stored = await ReadAsync(job.Id);
            Assert.Equal((JobStatus.Generating, job.ProviderJobId), (stored.Status, stored.ProviderJobId));
            Assert.Equal(attempt, engine.Provider.Checked.Count);
            var wait = stored.NotBefore!.Value - Clock.Now;
            Assert.True(wait > last, $"Wait {attempt} is {wait}, the one before was {last}.");
            last = wait;
            Clock.Advance(wait);
        }

        var remark = Assert.Single((await ReadAsync(job.Id)).Events, entry => entry.From == entry.To);
        Assert.Equal("The provider is busy.", remark.Reason);
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Run_ManyJobsAtAnUnavailableProvider_DoNotComeBackTogether()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => throw Busy();
        var waits = new HashSet<DateTimeOffset>();

        for (var index = 0; index < 10; index++)
        {
            var job = await AddAsync(JobStatus.Generating);
            await engine.StepAsync(job.Id);
            waits.Add((await ReadAsync(job.Id)).NotBefore!.Value);
        }

        Assert.True(waits.Count > 1);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(90, 90)]
    [InlineData(31_536_000, 3600)]
    [Trait("Req", "R-14")]
    public async Task Run_ProviderNamesAWait_IsHonouredWithinReason(int asked, int waited)
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) => throw Busy(TimeSpan.FromSeconds(asked));

        await engine.StepAsync(job.Id);

        Assert.Equal(Clock.Now.AddSeconds(waited), (await ReadAsync(job.Id)).NotBefore);
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Run_ProviderLeftAloneTimeAndAgain_IsOneSetback()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) =>
            throw new VideoProviderException(FailureKind.ProviderDown, "Left alone.") { IsTransient = true, IsUnasked = true, RetryAfter = Moment };
        for (var look = 0; look < 3; look++)
        {
            await engine.StepAsync(job.Id);
            Clock.Advance(Moment);
        }

        var stored = await ReadAsync(job.Id);
        Assert.Equal((1, Clock.Now), (stored.Setbacks, stored.NotBefore));
        Assert.Single(stored.Events, entry => entry.Reason.Contains("Left alone.", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Run_AvailableAgain_ForgetsTheSetbacks()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) => throw Busy();
        await engine.StepAsync(job.Id);
        engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());
        Clock.Advance(TimeSpan.FromMinutes(1));

        await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((0, null), (stored.Setbacks, stored.NotBefore));
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Run_UnknownAtTheProviderForAMinute_FailsAsLost()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) => throw new VideoProviderException(FailureKind.LostAtProvider, "Job not found - it may have expired");

        for (var look = 1; look <= 2; look++)
        {
            Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id));
            Assert.Equal(JobStatus.Generating, (await ReadAsync(job.Id)).Status);
            Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(StepOutcome.Ended, await engine.StepAsync(job.Id));

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Failed, FailureKind.LostAtProvider), (stored.Status, stored.FailureKind));
        Assert.Equal("Job not found - it may have expired", stored.FailureMessage);
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Run_UnknownOnceAfterAnOutage_IsAskedAgain()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        var down = new VideoProviderException(FailureKind.ProviderDown, "503") { IsTransient = true };
        var unknown = new VideoProviderException(FailureKind.LostAtProvider, "Job not found - it may have expired");

        foreach (var answer in new[] { down, down, down, unknown, down, unknown })
        {
            engine.Provider.OnCheck = (_, _) => throw answer;
            Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id));
            Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(JobStatus.Generating, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    [Trait("Req", "R-15")]
    public async Task Run_NoProgressForTheModelsLimit_TimesOutAndKeepsTheProviderJob()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running(0.5));
        var job = await AddAsync(JobStatus.Generating);
        await engine.StepAsync(job.Id);

        Clock.Advance(Limit);
        await engine.StepAsync(job.Id);
        Assert.Equal(JobStatus.Generating, (await ReadAsync(job.Id)).Status);

        Clock.Advance(Moment);
        Assert.Equal(StepOutcome.Ended, await engine.StepAsync(job.Id));

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Failed, FailureKind.TimedOut), (stored.Status, stored.FailureKind));
        Assert.Equal("No sign of life for 15 min.", stored.FailureMessage);
        Assert.Equal((job.ProviderJobId, TestClock.Start + ModelSamples.Model.ResultExpiresAfter), (stored.ProviderJobId, stored.LateChecksUntil));
    }

    [Fact]
    [Trait("Req", "R-15")]
    public async Task Run_LittleProgressNowAndThen_IsNotStuck()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);

        for (var progress = 0.1; progress < 0.9; progress += 0.1)
        {
            var reported = progress;
            engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running(reported));
            await engine.StepAsync(job.Id);
            Assert.Equal(JobStatus.Generating, (await ReadAsync(job.Id)).Status);
            Clock.Advance(Limit - Moment);
        }
    }

    [Fact]
    [Trait("Req", "R-15")]
    public async Task Run_NobodyCouldLookForLongerThanTheLimit_WatchesAnew()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running(0.5));
        var job = await AddAsync(JobStatus.Generating);
        await engine.StepAsync(job.Id);

        Clock.Advance(Limit + Moment);
        await engine.StepAsync(job.Id);
        Assert.Equal(JobStatus.Generating, (await ReadAsync(job.Id)).Status);

        Clock.Advance(Limit);
        await engine.StepAsync(job.Id);
        Clock.Advance(Moment);
        await engine.StepAsync(job.Id);
        Assert.Equal(FailureKind.TimedOut, (await ReadAsync(job.Id)).FailureKind);
    }

    [Fact]
    [Trait("Req", "R-15")]
    public async Task Run_EverNewWordsForADay_TimesOut()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) =>
            Task.FromResult(new ProviderJob { State = ProviderJobState.Running, RawStatus = $"place {engine.Provider.Checked.Count}" });

        for (var hour = 0; hour <= 24; hour++)
        {
            await engine.StepAsync(job.Id);
            Assert.Equal(JobStatus.Generating, (await ReadAsync(job.Id)).Status);
            Clock.Advance(TimeSpan.FromHours(1));
        }

        await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((FailureKind.TimedOut, "Not finished after 24 h."), (stored.FailureKind, stored.FailureMessage));
    }

    [Fact]
    [Trait("Req", "R-15")]
    public async Task Run_UnavailableForADay_FailsWithWhatWasWrong()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) => throw Busy();
        Clock.Advance(TimeSpan.FromHours(24) + Moment);

        await engine.StepAsync(job.Id);

        Assert.Equal(FailureKind.RateLimited, (await ReadAsync(job.Id)).FailureKind);
    }
}

public sealed class CheckStepSqliteTests(SqliteDatabase database) : CheckStepTests(database), IClassFixture<SqliteDatabase>;

public sealed class CheckStepPostgresTests(PostgresDatabase database) : CheckStepTests(database), IClassFixture<PostgresDatabase>;
