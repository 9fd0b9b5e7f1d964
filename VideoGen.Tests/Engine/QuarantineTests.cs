using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

/// <summary>A job that takes the server down does so three times at most, and takes no other job along (G16).</summary>
[Trait("Req", "R-16")]
public abstract class QuarantineTests(TestDatabase database) : EngineTests(database)
{
    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Generating)]
    [InlineData(JobStatus.Saving)]
    public async Task Run_DiedThreeTimes_IsSetAside(JobStatus status)
    {
        var engine = Start();
        var job = await AddAsync(status);
        await DieAsync(engine, job.Id, times: 3);

        Assert.Equal(StepOutcome.Ended, await engine.StepAsync(job.Id));

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Failed, FailureKind.Quarantined, job.ProviderJobId), (stored.Status, stored.FailureKind, stored.ProviderJobId));
        Assert.Empty(engine.Provider.Submitted);
        Assert.Empty(engine.Provider.Checked);
        Assert.Empty(engine.Provider.Opened);
    }

    [Fact]
    public async Task Run_DiedTwice_IsWorkedOn()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        await DieAsync(engine, job.Id, times: 2);

        await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Saving, 0, null), (stored.Status, stored.Crashes, stored.CrashedAt));
    }

    [Fact]
    public async Task Run_DiedThreeTimesWhileSending_IsUnconfirmed()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Submitting);
        await DieAsync(engine, job.Id, times: 3);

        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Unconfirmed, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    public async Task Run_DiedThreeTimesWhileLookingForIt_StaysUnconfirmedAndRestsForADay()
    {
        var engine = Start(Capabilities(Domain.Providers.SubmissionLookup.Eventual));
        var job = await AddAsync(JobStatus.Unconfirmed);
        await DieAsync(engine, job.Id, times: 3);

        await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Unconfirmed, Clock.Now.AddDays(1)), (stored.Status, stored.NotBefore));
        Assert.Empty(engine.Provider.Sought);
        Clock.Advance(TimeSpan.FromDays(1));
        await engine.StepAsync(job.Id);
        Assert.Single(engine.Provider.Sought);
    }

    [Fact]
    public async Task Run_DiesEachTimeThatItIsSent_IsNotSentAgain()
    {
        var engine = Start(Capabilities(Domain.Providers.SubmissionLookup.Certain));
        var job = await AddAsync(JobStatus.Queued);
        for (var death = 1; death <= 3; death++)
        {
            // Killed while it is being sent; then the provider has nothing of it, and it waits to be sent again.
            await MarkAsSendingAsync(job.Id);
            await DieAsync(engine, job.Id, times: 1);
            await engine.StepAsync(job.Id);
        }

        await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Unconfirmed, Clock.Now.AddDays(1)), (stored.Status, stored.NotBefore));
        Assert.Empty(engine.Provider.Submitted);
    }

    [Fact]
    public async Task LateCheck_DiedThreeTimes_IsNotLookedAtAgain()
    {
        var engine = Start();
        var job = JobSamples.In(JobStatus.Generating, OwnerId);
        job.Fail(new JobFailure(FailureKind.TimedOut, "No sign of life."), Clock.Now, lateChecksUntil: Clock.Now.AddDays(2));
        await Database.AddAsync(job);
        await DieAsync(engine, job.Id, times: 3);
        Clock.Advance(TimeSpan.FromHours(1));

        await engine.Get<LateChecks>().SweepAsync(CancellationToken.None);

        Assert.Empty(engine.Provider.Checked);
        Assert.Null((await ReadAsync(job.Id)).LateChecksUntil);
    }

    [Fact]
    public async Task Run_DeathsOverADayApart_DoNotAddUp()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        await DieAsync(engine, job.Id, times: 2);
        Clock.Advance(GenerationJob.CrashMemory);
        await DieAsync(engine, job.Id, times: 1);

        Assert.Equal(1, (await ReadAsync(job.Id)).Crashes);
    }

    [Fact]
    public async Task Run_TwoSuspects_OneAtATime()
    {
        var engine = Start();
        var first = await AddAsync(JobStatus.Generating);
        var second = await AddAsync(JobStatus.Generating);
        var innocent = await AddAsync(JobStatus.Generating);
        await DieAsync(engine, first.Id, times: 2);
        await DieAsync(engine, second.Id, times: 2);
        await DieAsync(engine, innocent.Id, times: 1);
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        engine.Provider.OnCheck = async (_, _) =>
        {
            asked.TrySetResult();
            await answer.Task;
            return TestVideoProvider.Running();
        };

        var working = engine.StepAsync(first.Id);
        await asked.Task;

        // Nothing else suspect is in flight, should this one be the culprit.
        Assert.Equal(StepOutcome.Later, await engine.StepAsync(second.Id));
        Assert.Single(engine.Provider.Checked);
        Assert.Null((await ReadAsync(second.Id)).LeaseOwner);
        var other = engine.StepAsync(innocent.Id);
        answer.SetResult();
        await Task.WhenAll(working, other);
        Assert.Equal(2, engine.Provider.Checked.Count);
        await engine.StepAsync(second.Id);
        Assert.Equal(3, engine.Provider.Checked.Count);
    }

    [Fact]
    public async Task Run_SuspectTakesLong_HoldsUpTheNextForAMomentOnly()
    {
        var engine = Start();
        var first = await AddAsync(JobStatus.Generating);
        var second = await AddAsync(JobStatus.Generating);
        await DieAsync(engine, first.Id, times: 2);
        await DieAsync(engine, second.Id, times: 2);
        var answer = new TaskCompletionSource();
        engine.Provider.OnCheck = async (_, _) =>
        {
            await answer.Task;
            return TestVideoProvider.Running();
        };
        var working = engine.StepAsync(first.Id);
        await Eventually.HoldsAsync(() => engine.Provider.Checked.Count == 1);

        Clock.Advance(TimeSpan.FromSeconds(20));
        var next = engine.StepAsync(second.Id);

        await Eventually.HoldsAsync(() => engine.Provider.Checked.Count == 2);
        answer.SetResult();
        await Task.WhenAll(working, next);
    }

    [Fact]
    public async Task Take_AnotherNodeLetItsLeaseRunOut_Counts()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        await LeaseAsync(job.Id, "another#run", Clock.Now.AddSeconds(30));
        Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.NotNull(await engine.Get<JobLeases>().TryTakeAsync(job.Id, CancellationToken.None));

        Assert.Equal(1, (await ReadAsync(job.Id)).Crashes);
    }

    [Fact]
    public async Task Take_OwnLeaseRanOut_DoesNotCount()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        await LeaseAsync(job.Id, engine.Get<EngineNode>().LeaseOwner, Clock.Now.AddSeconds(30));
        Clock.Advance(TimeSpan.FromSeconds(31));

        await engine.Get<JobLeases>().TryTakeAsync(job.Id, CancellationToken.None);

        Assert.Equal(0, (await ReadAsync(job.Id)).Crashes);
    }

    [Fact]
    public async Task Run_FaultsOfOursForADay_IsSetAsideWithItsProviderJob()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) => throw new InvalidOperationException("A fault of ours.");
        await engine.StepAsync(job.Id);
        Assert.Equal(JobStatus.Generating, (await ReadAsync(job.Id)).Status);

        Clock.Advance(new EngineOptions().GiveUpAfter + TimeSpan.FromDays(1));
        await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((FailureKind.Quarantined, job.ProviderJobId), (stored.FailureKind, stored.ProviderJobId));
    }

    private async Task MarkAsSendingAsync(Guid jobId)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        var job = await db.Jobs.Include(row => row.Attempts).SingleAsync(row => row.Id == jobId);
        if (job.Status is JobStatus.Queued)
        {
            job.BeginSubmission(JobSamples.Intent, Clock.Now);
            await db.SaveChangesAsync();
        }
    }

    // As a process that is killed in the middle of a step leaves it, and the next start of its node finds it.
    private async Task DieAsync(EngineHarness engine, Guid jobId, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await LeaseAsync(jobId, $"{engine.Get<EngineNode>().Name}#an-earlier-run", Clock.Now.AddSeconds(30));
            await engine.Get<EngineNode>().DropOldLeasesAsync(CancellationToken.None);
        }
    }
}

public sealed class QuarantineSqliteTests(SqliteDatabase database) : QuarantineTests(database), IClassFixture<SqliteDatabase>;

public sealed class QuarantinePostgresTests(PostgresDatabase database) : QuarantineTests(database), IClassFixture<PostgresDatabase>;
