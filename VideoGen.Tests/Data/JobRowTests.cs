using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Jobs;

namespace VideoGen.Tests.Data;

/// <summary>What is written comes back the same, and an old epoch writes nothing.</summary>
[Trait("Req", "R-71")]
public abstract class JobRowTests(TestDatabase database) : DatabaseTests(database)
{
    [Fact]
    [Trait("Req", "R-16")]
    public async Task Save_UnderAnOldEpoch_ChangesNothing()
    {
        var id = (await Database.AddAsync(JobSamples.In(JobStatus.Failed, OwnerId))).Id;
        await using var slow = await Database.Contexts.CreateDbContextAsync();
        var stale = await slow.Jobs.SingleAsync(job => job.Id == id);
        await using (var quick = await Database.Contexts.CreateDbContextAsync())
        {
            (await quick.Jobs.SingleAsync(job => job.Id == id)).Retry(TestClock.Start, JobActor.Person(OwnerId));
            await quick.SaveChangesAsync();
        }

        stale.ResumeGenerating("Look again", TestClock.Start, JobActor.Poller);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => slow.SaveChangesAsync());

        var stored = await Database.ReadAsync(id);
        Assert.Equal((JobStatus.Queued, 1L), (stored.Status, stored.Epoch));
        Assert.DoesNotContain(stored.Events, entry => string.Equals(entry.Reason, "Look again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Instants_WithFractions_ComeBackAsUtcAndSortByTime()
    {
        double[] milliseconds = [0, 0.001, 5, 45, 450, 500, 1000, 59_999.999, 60_000];
        var instants = milliseconds.Select(TestClock.Start.AddMilliseconds).ToList();
        foreach (var instant in Enumerable.Reverse(instants))
        {
            await Database.AddAsync(new GenerationJob(JobSamples.Order(OwnerId), instant));
        }

        await using var db = await Database.Contexts.CreateDbContextAsync();
        var mine = db.Jobs.Where(job => job.OwnerId == OwnerId);
        var stored = await mine.OrderBy(job => job.CreatedAt).Select(job => job.CreatedAt).ToListAsync();

        Assert.Equal(instants, stored);
        Assert.All(stored, instant => Assert.Equal(TimeSpan.Zero, instant.Offset));
        Assert.Equal(4, await mine.CountAsync(job => job.CreatedAt < instants[4]));
    }

    [Theory]
    [Trait("Req", "R-05")]
    [InlineData("0")]
    [InlineData("0.000001")]
    [InlineData("0.1")]
    [InlineData("19.999999")]
    [InlineData("123456789.123456")]
    public async Task Money_DownToAMillionthOfADollar_IsExact(string text)
    {
        var cost = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var job = await Database.AddAsync(new GenerationJob(JobSamples.Order(OwnerId) with { ExpectedCost = cost }, TestClock.Start));

        Assert.Equal(cost, (await Database.ReadAsync(job.Id)).ExpectedCost);
    }

    [Fact]
    public async Task Money_InAQuery_ComparesByAmount()
    {
        foreach (var cost in new[] { 10m, 9m, 0.5m })
        {
            await Database.AddAsync(new GenerationJob(JobSamples.Order(OwnerId) with { ExpectedCost = cost }, TestClock.Start));
        }

        await using var db = await Database.Contexts.CreateDbContextAsync();
        var costs = await db.Jobs.Where(job => job.OwnerId == OwnerId && job.ExpectedCost > 0.5m)
            .OrderBy(job => job.ExpectedCost).Select(job => job.ExpectedCost).ToListAsync();

        Assert.Equal([9m, 10m], costs);
    }

    [Fact]
    public async Task Save_ByThirtyTwoWritersAtOnce_LosesNothing()
    {
        var owner = OwnerId;

        await Parallel.ForAsync(0, 32, async (_, _) => await Database.AddAsync(JobSamples.Queued(owner)));

        await using var db = await Database.Contexts.CreateDbContextAsync();
        Assert.Equal(32, await db.Jobs.CountAsync(job => job.OwnerId == owner));
    }

    [Fact]
    public async Task Person_WithJobs_CannotBeRemoved()
    {
        await Database.AddAsync(JobSamples.Queued(OwnerId));

        await using var db = await Database.Contexts.CreateDbContextAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => db.Users.Where(person => person.Id == OwnerId).ExecuteDeleteAsync());
        Assert.True(await db.Users.AnyAsync(person => person.Id == OwnerId));
    }
}

public sealed class JobRowSqliteTests(SqliteDatabase database) : JobRowTests(database), IClassFixture<SqliteDatabase>;

public sealed class JobRowPostgresTests(PostgresDatabase database) : JobRowTests(database), IClassFixture<PostgresDatabase>;
