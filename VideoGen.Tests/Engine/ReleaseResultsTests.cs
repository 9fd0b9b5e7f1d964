using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Media;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

/// <summary>Providers are told what they may drop, sooner or later, and never too early.</summary>
public abstract class ReleaseResultsTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task Release_Fails_JobIsCompletedAndSweptLater()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path) { OnRelease = (_, _) => throw Busy() });
        var job = await AddAsync(JobStatus.Saving);
        await engine.StepAsync(job.Id);
        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Completed, null, null), (stored.Status, stored.ReleasedAt, stored.LeaseUntil));

        engine.Provider.OnRelease = null;
        await SweepAsync(engine);

        Assert.Equal(Clock.Now, (await ReadAsync(job.Id)).ReleasedAt);
        Assert.Equal(2, engine.Provider.Released.Count);
    }

    [Fact]
    public async Task Release_FailsUnexpectedly_StepEndsAllTheSame()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path) { OnRelease = (_, _) => throw new FormatException("Nobody expects this.") });
        var job = await AddAsync(JobStatus.Saving);

        Assert.Equal(StepOutcome.Ended, await engine.StepAsync(job.Id));

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Completed, 0), (stored.Status, stored.Setbacks));
    }

    [Theory]
    [InlineData(JobStatus.Completed, true)]
    [InlineData(JobStatus.Failed, true)]
    [InlineData(JobStatus.Queued, false)]
    [InlineData(JobStatus.Submitting, false)]
    [InlineData(JobStatus.Unconfirmed, false)]
    [InlineData(JobStatus.Generating, false)]
    [InlineData(JobStatus.Saving, false)]
    public async Task Sweep_NotReleasedYet_ReleasesOnlyWhatHasEnded(JobStatus status, bool released)
    {
        var engine = Start();
        var job = await AddAsync(status);

        await SweepAsync(engine);
        await SweepAsync(engine);

        Assert.Equal(released ? [job.ProviderJobId!] : [], engine.Provider.Released.ToArray());
        Assert.Equal(released ? Clock.Now : null, (await ReadAsync(job.Id)).ReleasedAt);
    }

    [Fact]
    [Trait("Req", "R-15")]
    public async Task Sweep_TimedOut_KeepsItForALateLook()
    {
        var engine = Start();
        var job = JobSamples.In(JobStatus.Generating, OwnerId);
        job.Fail(new JobFailure(FailureKind.TimedOut, "No sign of life."), Clock.Now, Clock.Now.AddHours(24));
        await Database.AddAsync(job);

        await SweepAsync(engine);

        Assert.Empty(engine.Provider.Released);
    }

    [Fact]
    public async Task Sweep_CancelledWhileGenerating_Releases()
    {
        var engine = Start();
        var job = JobSamples.In(JobStatus.Generating, OwnerId);
        job.Cancel("Stopped by you.", Clock.Now);
        await Database.AddAsync(job);

        await SweepAsync(engine);

        Assert.Equal(job.ProviderJobId, Assert.Single(engine.Provider.Released));
    }

    [Fact]
    [Trait("Req", "R-10")]
    public async Task Sweep_OneCannotBeReleased_OthersAre()
    {
        var engine = Start();
        var stubborn = await AddAsync(JobStatus.Completed);
        var other = await AddAsync(JobStatus.Completed);
        engine.Provider.OnRelease = (id, _) => string.Equals(id, stubborn.ProviderJobId, StringComparison.Ordinal)
            ? throw new FormatException("Nobody expects this.")
            : Task.CompletedTask;

        await SweepAsync(engine);

        Assert.Null((await ReadAsync(stubborn.Id)).ReleasedAt);
        Assert.NotNull((await ReadAsync(other.Id)).ReleasedAt);
    }

    [Fact]
    public async Task Sweep_StepStillEnding_LeavesItAlone()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Completed);
        await LeaseAsync(job.Id, "another#1", Clock.Now.AddSeconds(30));

        await SweepAsync(engine);

        Assert.Empty(engine.Provider.Released);
    }

    private static Task SweepAsync(EngineHarness engine) => engine.Get<ReleaseResults>().SweepAsync(CancellationToken.None);
}

public sealed class ReleaseResultsSqliteTests(SqliteDatabase database) : ReleaseResultsTests(database), IClassFixture<SqliteDatabase>;

public sealed class ReleaseResultsPostgresTests(PostgresDatabase database) : ReleaseResultsTests(database), IClassFixture<PostgresDatabase>;
