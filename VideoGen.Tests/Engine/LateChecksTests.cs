using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Media;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Tests.Engine;

/// <summary>What becomes of a job that timed out here and goes on at its provider.</summary>
[Trait("Req", "R-15")]
public abstract class LateChecksTests(TestDatabase database) : EngineTests(database)
{
    private static readonly TimeSpan Expiry = TimeSpan.FromHours(24);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Sweep_FinishedAfterAll_IsSavedAndNotPaidAgain()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path));
        var job = await AddTimedOutAsync();
        Clock.Advance(FirstWait);

        await SweepAsync(engine);
        Assert.Equal(JobStatus.Saving, (await ReadAsync(job.Id)).Status);
        await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Completed, null), (stored.Status, stored.FailureKind));
        Assert.Contains(stored.Events, entry => entry.Reason is "The provider has finished it after all");
        Assert.Empty(engine.Provider.Submitted);
    }

    [Fact]
    public async Task Sweep_StillRunning_IsLookedAtLessAndLessAndNotAfterItsExpiry()
    {
        var engine = Start();
        await AddTimedOutAsync();
        List<double> minutes = [];
        engine.Provider.OnCheck = (_, _) =>
        {
            minutes.Add((Clock.Now - TestClock.Start).TotalMinutes);
            return Task.FromResult(TestVideoProvider.Running());
        };

        while (Clock.Now < TestClock.Start + (Expiry * 1.5))
        {
            await SweepAsync(engine);
            Clock.Advance(FirstWait);
        }

        var hours = Enumerable.Range(1, 22).Select(hour => 80.0 + (hour * 60)).Where(minute => minute < Expiry.TotalMinutes);
        Assert.Equal([5, 10, 20, 40, 80, .. hours], minutes);
    }

    [Theory]
    [InlineData(ProviderJobState.Failed)]
    [InlineData(ProviderJobState.Cancelled)]
    public async Task Sweep_EndedThere_IsNotLookedAtAgain(object state)
    {
        var engine = Start();
        var job = await AddTimedOutAsync();
        engine.Provider.OnCheck = (_, _) => Task.FromResult(new ProviderJob { State = (ProviderJobState)state, RawStatus = "ended" });

        await SweepTwiceAsync(engine);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Failed, FailureKind.TimedOut, null), (stored.Status, stored.FailureKind, stored.LateChecksUntil));
        Assert.Single(engine.Provider.Checked);
    }

    [Fact]
    public async Task Sweep_UnknownThereThreeTimes_IsNotLookedAtAgain()
    {
        var engine = Start();
        var job = await AddTimedOutAsync();
        engine.Provider.OnCheck = (_, _) => throw No(FailureKind.LostAtProvider);

        await SweepTwiceAsync(engine);
        Assert.NotNull((await ReadAsync(job.Id)).LateChecksUntil);
        await SweepTwiceAsync(engine);

        Assert.Null((await ReadAsync(job.Id)).LateChecksUntil);
        Assert.Equal(3, engine.Provider.Checked.Count);
    }

    [Fact]
    public async Task Sweep_ProviderBusyOrBroken_IsLookedAtAgain()
    {
        var engine = Start();
        var job = await AddTimedOutAsync();
        var answers = new Queue<Exception>([Busy(), No(FailureKind.Credentials), new InvalidOperationException("A fault of ours.")]);
        engine.Provider.OnCheck = (_, _) => answers.TryDequeue(out var fault)
            ? Task.FromException<ProviderJob>(fault)
            : Task.FromResult(engine.Provider.Finished());

        for (var look = 0; look < 4; look++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            await SweepAsync(engine);
        }

        Assert.Equal(JobStatus.Saving, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    public async Task Sweep_Looked_CountsForWhoeverWouldLookRightAfterwards()
    {
        var engine = Start();
        var job = await AddTimedOutAsync();
        engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());
        Clock.Advance(FirstWait);

        await SweepAsync(engine);

        Assert.NotNull(engine.Get<JobSchedule>().EarliestLookAt(await ReadAsync(job.Id)));
    }

    [Fact]
    public async Task Sweep_OwnerSetsItGoingMeanwhile_OwnersMoveStands()
    {
        var engine = Start();
        var job = await AddTimedOutAsync();
        engine.Provider.OnCheck = async (_, _) =>
        {
            await engine.RecoverAsync(OwnerId, RecoveryOrder.For(RecoveryAction.Retry, job.Id));
            return engine.Provider.Finished();
        };
        Clock.Advance(FirstWait);

        await SweepAsync(engine);

        Assert.Equal(JobStatus.Generating, (await ReadAsync(job.Id)).Status);
    }

    private static Task SweepAsync(EngineHarness engine) => engine.Get<LateChecks>().SweepAsync(CancellationToken.None);

    private async Task SweepTwiceAsync(EngineHarness engine)
    {
        for (var look = 0; look < 2; look++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            await SweepAsync(engine);
        }
    }

    private async Task<GenerationJob> AddTimedOutAsync()
    {
        var job = JobSamples.In(JobStatus.Generating, OwnerId);
        job.Fail(new JobFailure(FailureKind.TimedOut, "No sign of life for 15 min."), Clock.Now, lateChecksUntil: Clock.Now + Expiry);
        return await Database.AddAsync(job);
    }
}

public sealed class LateChecksSqliteTests(SqliteDatabase database) : LateChecksTests(database), IClassFixture<SqliteDatabase>;

public sealed class LateChecksPostgresTests(PostgresDatabase database) : LateChecksTests(database), IClassFixture<PostgresDatabase>;
