using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

/// <summary>Who may act on a job, and that one job's trouble is its own.</summary>
[Trait("Req", "R-16")]
public abstract class JobStepTests(TestDatabase database) : EngineTests(database)
{
    private const int Rounds = 20;

    [Fact]
    public async Task Run_TwoFiringsAtOnce_SendOnce()
    {
        var engine = Start();
        engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());

        for (var round = 1; round <= Rounds; round++)
        {
            var job = await AddAsync(JobStatus.Queued);

            await Task.WhenAll(Task.Run(() => engine.StepAsync(job.Id)), Task.Run(() => engine.StepAsync(job.Id)));

            Assert.Equal(round, engine.Provider.Submitted.Count);
            Assert.Single((await ReadAsync(job.Id)).Attempts);
        }
    }

    [Fact]
    [Trait("Req", "R-71")]
    public async Task Run_TwoProcessesAtOnce_SendOnce()
    {
        var provider = new TestVideoProvider { OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running()) };
        var one = Start(provider);
        var two = Start(provider);

        for (var round = 1; round <= Rounds; round++)
        {
            var job = await AddAsync(JobStatus.Queued);

            await Task.WhenAll(Task.Run(() => one.StepAsync(job.Id)), Task.Run(() => two.StepAsync(job.Id)));

            Assert.Equal(round, provider.Submitted.Count);
            Assert.Single((await ReadAsync(job.Id)).Attempts);
        }
    }

    [Fact]
    public async Task Run_HeldByAnother_DoesNothing()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        await LeaseAsync(job.Id, "another#1", Clock.Now.AddSeconds(30));

        Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id));
        Assert.Empty(engine.Provider.Checked);

        Clock.Advance(TimeSpan.FromSeconds(30) + TimeSpan.FromMilliseconds(1));
        await engine.StepAsync(job.Id);
        Assert.Single(engine.Provider.Checked);
    }

    [Fact]
    public async Task Run_FrozenAndTakenOver_WritesNothing()
    {
        var frozen = Start();
        var other = Start();
        var job = await AddAsync(JobStatus.Generating);
        var asked = new TaskCompletionSource();
        var thaw = new TaskCompletionSource();
        frozen.Provider.OnCheck = async (_, _) =>
        {
            asked.SetResult();
            await thaw.Task;
            return frozen.Provider.Finished();
        };
        other.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running(0.4));

        var step = frozen.StepAsync(job.Id);
        await asked.Task;
        Clock.Advance(TimeSpan.FromSeconds(31));
        await other.StepAsync(job.Id);
        var before = await ReadAsync(job.Id);
        thaw.SetResult();
        var outcome = await step;

        Assert.Equal(StepOutcome.Later, outcome);
        Assert.Equivalent(before, await ReadAsync(job.Id), strict: true);
        Assert.Equal((JobStatus.Generating, 0.4), (before.Status, before.Progress));
    }

    [Fact]
    public async Task Run_EndedOrUnknownJob_HasEnded()
    {
        var engine = Start();

        foreach (var status in new[] { JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled })
        {
            var job = await AddAsync(status);
            Assert.Equal(StepOutcome.Ended, await engine.StepAsync(job.Id));
            Assert.Equal(job.Epoch, (await ReadAsync(job.Id)).Epoch);
        }

        Assert.Equal(StepOutcome.Ended, await engine.StepAsync(Guid.NewGuid()));
    }

    [Fact]
    [Trait("Req", "R-10")]
    public async Task Run_UnexpectedFault_RestsLongerEachTime()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) => throw new FormatException("Nobody expects this.");
        var last = TimeSpan.Zero;

        for (var fault = 1; fault <= 4; fault++)
        {
            Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id));
            await engine.StepAsync(job.Id);

            var stored = await ReadAsync(job.Id);
            Assert.Equal((JobStatus.Generating, fault, null), (stored.Status, stored.Setbacks, stored.LeaseOwner));
            Assert.Equal(fault, engine.Provider.Checked.Count);
            var wait = stored.NotBefore!.Value - Clock.Now;
            Assert.True(wait > last, $"Wait {fault} is {wait}, the one before was {last}.");
            last = wait;
            Clock.Advance(wait);
        }
    }

    [Fact]
    [Trait("Req", "R-10")]
    public async Task Run_OneJobFaulty_OthersGoOn()
    {
        var engine = Start();
        var faulty = await AddAsync(JobStatus.Generating);
        var healthy = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (id, _) => string.Equals(id, faulty.ProviderJobId, StringComparison.Ordinal)
            ? throw new FormatException("Nobody expects this.")
            : Task.FromResult(engine.Provider.Finished());

        await Task.WhenAll(engine.StepAsync(faulty.Id), engine.StepAsync(healthy.Id));

        Assert.Equal(JobStatus.Generating, (await ReadAsync(faulty.Id)).Status);
        Assert.Equal(JobStatus.Saving, (await ReadAsync(healthy.Id)).Status);
    }

    [Fact]
    [Trait("Req", "R-72")]
    public async Task Run_ServerStopsDuringACheck_GivesTheLeaseBack()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        using var stopping = new CancellationTokenSource();
        engine.Provider.OnCheck = async (_, token) =>
        {
            await stopping.CancelAsync();
            token.ThrowIfCancellationRequested();
            return engine.Provider.Finished();
        };

        Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id, stopping.Token));

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Generating, null, 0), (stored.Status, stored.LeaseUntil, stored.Setbacks));
    }

    [Fact]
    [Trait("Req", "R-12")]
    public async Task Run_StatusMoved_TellsTheOwnersPages()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        using var pages = engine.Updates.Subscribe(OwnerId);

        await engine.StepAsync(job.Id);

        await foreach (var batch in pages.ReadBatchesAsync(TimeSpan.Zero, CancellationToken.None))
        {
            Assert.All(batch, change => Assert.Equal((job.Id, OwnerId), (change.JobId, change.OwnerId)));
            break;
        }
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Generating)]
    public async Task Run_ProviderTakenOut_WaitsForItButCanBeStopped(JobStatus status)
    {
        var engine = Start(new TestVideoProvider { Id = "another" });
        var job = await AddAsync(status);

        await engine.StepAsync(job.Id);
        Assert.Equal(status, (await ReadAsync(job.Id)).Status);

        await AskToCancelAsync(job.Id);
        await engine.StepAsync(job.Id);
        Assert.Equal(JobStatus.Cancelled, (await ReadAsync(job.Id)).Status);
    }
}

public sealed class JobStepSqliteTests(SqliteDatabase database) : JobStepTests(database), IClassFixture<SqliteDatabase>;

public sealed class JobStepPostgresTests(PostgresDatabase database) : JobStepTests(database), IClassFixture<PostgresDatabase>;
