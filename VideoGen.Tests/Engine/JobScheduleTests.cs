using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

/// <summary>What each outcome of a step means for the next one.</summary>
[Trait("Req", "R-10")]
public abstract class JobScheduleTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task Step_Accepted_IsCheckedAtOnceAndThenInTheProvidersRhythm()
    {
        var engine = Start(new TestVideoProvider { Capabilities = Capabilities() with { PollInterval = TimeSpan.FromSeconds(20) } });
        var job = await AddAsync(JobStatus.Queued);

        await StepAsync(engine, job.Id);

        Assert.Equal(job.Id, Assert.Single(await engine.SummonedAsync()));
        Assert.Equal(TimeSpan.FromSeconds(20), await engine.IntervalAsync(job.Id));
    }

    [Fact]
    public async Task Step_FinishedThere_IsSavedAtOnce()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);

        await StepAsync(engine, job.Id);

        Assert.Contains(job.Id, await engine.SummonedAsync());
    }

    [Fact]
    public async Task Step_StillRunning_LeavesThePlanAsItIs()
    {
        var engine = Start(new TestVideoProvider { OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running()) });
        var job = await AddAsync(JobStatus.Generating);
        await engine.Get<JobSchedule>().StartAsync(job.Id, CancellationToken.None);

        await StepAsync(engine, job.Id);

        Assert.Equal(job.Id, Assert.Single(await engine.PlannedAsync()));
        Assert.Single(await engine.SummonedAsync());
    }

    [Fact]
    public async Task Step_Ended_IsPlannedNoMore()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        await engine.Get<JobSchedule>().StartAsync(job.Id, CancellationToken.None);
        engine.Provider.OnCheck = (_, _) => throw No();

        await StepAsync(engine, job.Id);

        Assert.Empty(await engine.PlannedAsync());
    }

    [Fact]
    public async Task Step_JobIsGone_IsPlannedNoMore()
    {
        var engine = Start();
        var gone = Guid.NewGuid();
        await engine.Get<JobTriggers>().RepeatAsync(gone, TimeSpan.FromSeconds(5), TimeSpan.Zero, CancellationToken.None);

        await StepAsync(engine, gone);

        Assert.Empty(await engine.PlannedAsync());
    }

    private static Task StepAsync(EngineHarness engine, Guid jobId) => engine.Get<JobSchedule>().StepAsync(jobId, CancellationToken.None);
}

public sealed class JobScheduleSqliteTests(SqliteDatabase database) : JobScheduleTests(database), IClassFixture<SqliteDatabase>;

public sealed class JobSchedulePostgresTests(PostgresDatabase database) : JobScheduleTests(database), IClassFixture<PostgresDatabase>;
