using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

/// <summary>The scheduler's triggers are made to match the jobs table.</summary>
[Trait("Req", "R-16")]
public abstract class ReconcilerTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task Run_AfterARestart_PlansExactlyTheActiveJobs()
    {
        var engine = Start();
        var active = new HashSet<Guid>();
        foreach (var status in new[] { JobStatus.Queued, JobStatus.Submitting, JobStatus.Generating, JobStatus.Saving })
        {
            active.Add((await AddAsync(status)).Id);
        }

        foreach (var status in new[] { JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled })
        {
            await AddAsync(status);
        }

        await ReconcileAsync(engine);

        Assert.Equal(active, await engine.PlannedAsync());
    }

    // Off for two hours, and back with a hundred jobs (F57).
    [Fact]
    public async Task Run_HundredJobsAfterAPause_EachIsPlannedOnceSpreadOverAnIntervalAndNoneIsSentAgain()
    {
        var before = Start();
        var jobs = new HashSet<Guid>();
        for (var job = 0; job < 100; job++)
        {
            jobs.Add((await AddAsync(JobStatus.Generating)).Id);
        }

        Clock.Advance(TimeSpan.FromHours(2));
        var engine = Start(before.Provider);

        await ReconcileAsync(engine);

        var starts = await engine.StartsAsync();
        Assert.Equal(jobs, starts.Keys.ToHashSet());
        var interval = new EngineOptions().PollInterval;
        Assert.All(starts.Values, start => Assert.InRange(start - Clock.Now, TimeSpan.Zero, interval));
        Assert.All(starts.Values.GroupBy(start => (int)(10 * ((start - Clock.Now) / interval))), tenth => Assert.InRange(tenth.Count(), 0, 35));
        await Task.WhenAll(jobs.Select(job => engine.StepAsync(job)));
        Assert.Equal(100, engine.Provider.Checked.Count);
        Assert.Empty(engine.Provider.Submitted);
    }

    [Fact]
    public async Task Run_JobEndedMeanwhile_IsPlannedNoMore()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Completed);
        await engine.Get<JobTriggers>().RepeatAsync(job.Id, TimeSpan.FromSeconds(5), TimeSpan.Zero, CancellationToken.None);

        await ReconcileAsync(engine);

        Assert.Empty(await engine.PlannedAsync());
    }

    [Fact]
    public async Task Run_Planned_IsNotPlannedAnew()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        await engine.Get<JobTriggers>().RepeatAsync(job.Id, TimeSpan.FromMinutes(7), TimeSpan.Zero, CancellationToken.None);

        await ReconcileAsync(engine);

        Assert.Equal(TimeSpan.FromMinutes(7), await engine.IntervalAsync(job.Id));
    }

    [Theory]
    [InlineData(SubmissionLookup.None, false, false)]
    [InlineData(SubmissionLookup.None, true, true)]
    [InlineData(SubmissionLookup.Eventual, false, true)]
    [InlineData(SubmissionLookup.Certain, false, true)]
    public async Task Run_Unconfirmed_IsPlannedOnlyIfThereIsSomethingToDo(object lookup, bool cancelling, bool planned)
    {
        var engine = Start(Capabilities((SubmissionLookup)lookup));
        var job = await AddAsync(JobStatus.Unconfirmed);
        if (cancelling)
        {
            await AskToCancelAsync(job.Id);
        }

        await ReconcileAsync(engine);

        Assert.Equal(planned, (await engine.PlannedAsync()).Contains(job.Id));
    }

    [Fact]
    [Trait("Req", "R-10")]
    public async Task Run_ProviderNamesAnInterval_OnlyItsRunningJobsFollowIt()
    {
        var engine = Start(new TestVideoProvider { Capabilities = Capabilities() with { PollInterval = TimeSpan.FromSeconds(20) } });
        var generating = await AddAsync(JobStatus.Generating);
        var saving = await AddAsync(JobStatus.Saving);

        await ReconcileAsync(engine);

        Assert.Equal(TimeSpan.FromSeconds(20), await engine.IntervalAsync(generating.Id));
        Assert.Equal(TimeSpan.FromSeconds(5), await engine.IntervalAsync(saving.Id));
    }

    [Fact]
    public async Task Run_UnreleasedResults_AreSwept()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Completed);

        await ReconcileAsync(engine);

        Assert.Equal(job.ProviderJobId, Assert.Single(engine.Provider.Released));
    }

    private static Task ReconcileAsync(EngineHarness engine) => engine.Get<Reconciler>().RunAsync(CancellationToken.None);
}

public sealed class ReconcilerSqliteTests(SqliteDatabase database) : ReconcilerTests(database), IClassFixture<SqliteDatabase>;

public sealed class ReconcilerPostgresTests(PostgresDatabase database) : ReconcilerTests(database), IClassFixture<PostgresDatabase>;
