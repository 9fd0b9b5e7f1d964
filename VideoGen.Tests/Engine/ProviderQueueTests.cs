using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

/// <summary>A provider's places: never more than it takes, in turn, and never left empty.</summary>
[Trait("Req", "R-51")]
public abstract class ProviderQueueTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task Run_ManyStepsAtOnce_NoMoreThanThePlaces()
    {
        var provider = new TestVideoProvider
        {
            Capabilities = Capabilities(places: 3),
            OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running()),
        };
        var one = Start(provider);
        var two = Start(provider);
        var jobs = new List<GenerationJob>();
        for (var index = 0; index < 10; index++)
        {
            jobs.Add(await AddAsync(JobStatus.Queued));
        }

        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(jobs.SelectMany(job => new[] { Task.Run(() => one.StepAsync(job.Id)), Task.Run(() => two.StepAsync(job.Id)) }));

            Assert.InRange(provider.Submitted.Count, 1, 3);
        }

        Assert.Equal(3, provider.Submitted.Count);
    }

    [Fact]
    public async Task Run_BothHaveWaiting_OwnersTakeTurns()
    {
        var engine = Start(Capabilities(places: 4));
        var newcomer = await Database.AddPersonAsync();
        for (var index = 0; index < 6; index++)
        {
            await AddAsync(JobStatus.Queued);
        }

        await Database.AddAsync(new GenerationJob(JobSamples.Order(newcomer), Clock.Now.AddMinutes(1)));
        await Database.AddAsync(new GenerationJob(JobSamples.Order(newcomer), Clock.Now.AddMinutes(1)));
        await using var db = await Database.Contexts.CreateDbContextAsync();

        var next = await engine.Get<ProviderQueue>().NextAsync(db, engine.Provider, CancellationToken.None);

        var owners = new List<Guid>();
        foreach (var id in next)
        {
            owners.Add((await ReadAsync(id)).OwnerId);
        }

        Assert.Equal([OwnerId, newcomer, OwnerId, newcomer], owners);
    }

    [Theory]
    [InlineData(JobStatus.Submitting, true)]
    [InlineData(JobStatus.Generating, true)]
    [InlineData(JobStatus.Unconfirmed, false)]
    [InlineData(JobStatus.Saving, false)]
    [InlineData(JobStatus.Completed, false)]
    public async Task Run_OnlyPlaceMayBeTaken_SendsOnlyIfItIsFree(JobStatus other, bool takesPlace)
    {
        var engine = Start(Capabilities(places: 1));
        await AddAsync(other);
        var job = await AddAsync(JobStatus.Queued);

        await engine.StepAsync(job.Id);

        Assert.Equal(takesPlace ? 0 : 1, engine.Provider.Submitted.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Step_PlaceFreed_NextInLineIsStartedAtOnce(bool failed)
    {
        var engine = Start(Capabilities(places: 1));
        var running = await AddAsync(JobStatus.Generating);
        var next = await AddAsync(JobStatus.Queued);
        engine.Provider.OnCheck = (_, _) => failed ? throw No() : Task.FromResult(engine.Provider.Finished());

        await engine.Get<JobSchedule>().StepAsync(running.Id, CancellationToken.None);

        Assert.Contains(next.Id, await engine.SummonedAsync());
    }

    [Fact]
    public async Task Step_Accepted_WakesNobodyElse()
    {
        var engine = Start(Capabilities(places: 10));
        var first = await AddAsync(JobStatus.Queued);
        var other = await AddAsync(JobStatus.Queued);

        await engine.Get<JobSchedule>().StepAsync(first.Id, CancellationToken.None);

        Assert.DoesNotContain(other.Id, await engine.SummonedAsync());
    }
}

public sealed class ProviderQueueSqliteTests(SqliteDatabase database) : ProviderQueueTests(database), IClassFixture<SqliteDatabase>;

public sealed class ProviderQueuePostgresTests(PostgresDatabase database) : ProviderQueueTests(database), IClassFixture<PostgresDatabase>;
