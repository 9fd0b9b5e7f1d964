using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;
using VideoGen.Web.Providers;

namespace VideoGen.Tests.Engine;

/// <summary>What is said to one job is true for all of its provider: they wait together, and ask again within a budget.</summary>
[Trait("Req", "R-14")]
public abstract class AccountTroubleTests(TestDatabase database) : EngineTests(database)
{
    [Theory]
    [InlineData(FailureKind.Credentials)]
    [InlineData(FailureKind.Quota)]
    public async Task Run_AccountRefused_JobsWaitAndOneIsTriedNowAndThen(FailureKind kind)
    {
        var engine = Start();
        var first = await AddAsync(JobStatus.Queued);
        var second = await AddAsync(JobStatus.Queued);
        engine.Provider.OnSubmit = (_, _) => throw No(kind);
        await engine.StepAsync(first.Id);

        for (var look = 0; look < 10; look++)
        {
            await engine.StepAsync(first.Id);
            await engine.StepAsync(second.Id);
        }

        Assert.Single(engine.Provider.Submitted);
        var waiting = await ReadAsync(first.Id);
        Assert.Equal((JobStatus.Queued, AttemptOutcome.NotSent), (waiting.Status, Assert.Single(waiting.Attempts).Outcome));
        Assert.Contains(waiting.Events, entry => string.Equals(entry.Reason, "The provider said no.", StringComparison.Ordinal));
        Assert.Equal(0, (await ReadAsync(second.Id)).AttemptCount);

        engine.Provider.OnSubmit = null;
        Clock.Advance(new BreakerOptions().AccountRest);
        Assert.Equal(StepOutcome.Accepted, await engine.StepAsync(first.Id));
        Assert.Equal(StepOutcome.Accepted, await engine.StepAsync(second.Id));
    }

    [Fact]
    public async Task Run_AccountRefusedForADay_FailsWithThatReason()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        engine.Provider.OnSubmit = (_, _) => throw No(FailureKind.Credentials);
        Clock.Advance(new EngineOptions().GiveUpAfter + TimeSpan.FromDays(1));

        await engine.StepAsync(job.Id);

        Assert.Equal((JobStatus.Failed, FailureKind.Credentials), ((await ReadAsync(job.Id)).Status, (await ReadAsync(job.Id)).FailureKind));
    }

    [Fact]
    public async Task Run_ManyFailedLooksAtAProviderThatMostlyAnswers_AreAskedAgainWithinABudget()
    {
        var engine = Start();
        var jobs = new List<Guid>();
        for (var index = 0; index < 30; index++)
        {
            jobs.Add((await AddAsync(JobStatus.Generating)).Id);
        }

        var asked = 0;
        engine.Provider.OnCheck = (_, _) => ++asked % 3 == 0 ? throw Busy() : Task.FromResult(TestVideoProvider.Running());
        await RoundAsync();
        var first = asked;

        // Every job that had a setback is due at the same moment.
        engine.Provider.OnCheck = (_, _) => throw Busy();
        Clock.Advance(TimeSpan.FromTicks(1));
        var again = engine.Provider.Checked.Count;
        for (var second = 0; second < 5; second++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            foreach (var jobId in await SetBackAsync(jobs))
            {
                await engine.StepAsync(jobId);
            }
        }

        Assert.Equal(30, first);
        Assert.InRange(engine.Provider.Checked.Count - again, 1, 10 + 5 + 3);

        async Task RoundAsync()
        {
            foreach (var jobId in jobs)
            {
                await engine.StepAsync(jobId);
            }
        }
    }

    private async Task<IReadOnlyList<Guid>> SetBackAsync(IEnumerable<Guid> jobs)
    {
        var setBack = new List<Guid>();
        foreach (var jobId in jobs)
        {
            if ((await ReadAsync(jobId)).Setbacks > 0)
            {
                setBack.Add(jobId);
            }
        }

        return setBack;
    }
}

public sealed class AccountTroubleSqliteTests(SqliteDatabase database) : AccountTroubleTests(database), IClassFixture<SqliteDatabase>;

public sealed class AccountTroublePostgresTests(PostgresDatabase database) : AccountTroubleTests(database), IClassFixture<PostgresDatabase>;
