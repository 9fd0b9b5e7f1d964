using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

[Trait("Req", "R-16")]
public abstract class EngineNodeTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task DropOldLeases_EarlierRunOfThisNode_IsFreeAtOnce()
    {
        var node = Start().Get<EngineNode>();
        var mine = await LeasedAsync($"{node.Name}#an-earlier-run");

        await node.DropOldLeasesAsync(CancellationToken.None);

        var stored = await ReadAsync(mine);
        Assert.Equal((null, null), (stored.LeaseOwner, stored.LeaseUntil));
    }

    [Fact]
    public async Task DropOldLeases_OtherNodesAndThisRun_KeepTheirs()
    {
        var node = Start().Get<EngineNode>();
        var others = await LeasedAsync("another#run");
        var alike = await LeasedAsync($"{node.Name}2#run");
        var present = await LeasedAsync(node.LeaseOwner);

        await node.DropOldLeasesAsync(CancellationToken.None);

        foreach (var jobId in new[] { others, alike, present })
        {
            Assert.NotNull((await ReadAsync(jobId)).LeaseUntil);
        }
    }

    [Fact]
    public async Task DropOldLeases_SenderOfAnEarlierRun_IsUnconfirmedAtTheFirstStep()
    {
        var engine = Start();
        var node = engine.Get<EngineNode>();
        var job = await AddAsync(JobStatus.Submitting);
        await LeaseAsync(job.Id, $"{node.Name}#an-earlier-run", Clock.Now.AddSeconds(90));

        await node.DropOldLeasesAsync(CancellationToken.None);
        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Unconfirmed, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    public void Name_SameDataFolder_StaysTheSameWithAnotherMark()
    {
        var engine = Start();
        var first = engine.Get<EngineNode>();

        var next = new EngineNode(engine.Get<Web.Data.DataFolder>(), Database.Contexts, Clock);

        Assert.Equal(first.Name, next.Name);
        Assert.NotEqual(first.LeaseOwner, next.LeaseOwner, StringComparer.Ordinal);
    }

    private async Task<Guid> LeasedAsync(string owner)
    {
        var job = await AddAsync(JobStatus.Generating);
        await LeaseAsync(job.Id, owner, Clock.Now.AddSeconds(30));
        return job.Id;
    }
}

public sealed class EngineNodeSqliteTests(SqliteDatabase database) : EngineNodeTests(database), IClassFixture<SqliteDatabase>;

public sealed class EngineNodePostgresTests(PostgresDatabase database) : EngineNodeTests(database), IClassFixture<PostgresDatabase>;
