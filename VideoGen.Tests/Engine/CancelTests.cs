using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Media;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Tests.Engine;

/// <summary>What the owner's wish to stop does in each status.</summary>
public abstract class CancelTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task Cancel_Queued_StopsWithoutACallToTheProvider()
    {
        var engine = Start(Capabilities(places: 1));
        await AddAsync(JobStatus.Generating);
        var job = await AddAsync(JobStatus.Queued);

        await CancelAsync(engine, job.Id);
        Assert.Equal(StepOutcome.Ended, await engine.StepAsync(job.Id));

        Assert.Equal(JobStatus.Cancelled, (await ReadAsync(job.Id)).Status);
        Assert.Empty(engine.Provider.Submitted);
        Assert.Empty(engine.Provider.Cancelled);
    }

    [Fact]
    public async Task Cancel_QueuedAndPutOff_StopsAtOnce()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        engine.Provider.OnSubmit = (_, _) => throw Busy(TimeSpan.FromHours(1));
        await engine.StepAsync(job.Id);

        await CancelAsync(engine, job.Id);
        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Cancelled, (await ReadAsync(job.Id)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_Generating_StopsItThereWhereThatCanBeDone(bool canCancel)
    {
        var engine = Start(Capabilities(canCancel: canCancel));
        var job = await AddAsync(JobStatus.Generating);

        await CancelAsync(engine, job.Id);
        await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Cancelled, null), (stored.Status, stored.CancelRequestedAt));
        Assert.Equal(canCancel ? [job.ProviderJobId!] : [], engine.Provider.Cancelled.ToArray());
        Assert.Equal(canCancel, !stored.Events.Single(entry => entry.To == JobStatus.Cancelled).Reason.Contains("cannot stop it", StringComparison.Ordinal));
        Assert.Empty(engine.Provider.Checked);
    }

    [Fact]
    public async Task Cancel_ChecksArePutOff_IsTriedAtOnce()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCheck = (_, _) => throw Busy(TimeSpan.FromHours(1));
        await engine.StepAsync(job.Id);

        await CancelAsync(engine, job.Id);
        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Cancelled, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Cancel_ProviderUnavailable_IsTriedAgainWhenItMayBe()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Generating);
        engine.Provider.OnCancel = (_, _) => throw Busy(TimeSpan.FromMinutes(2));

        await CancelAsync(engine, job.Id);
        await engine.StepAsync(job.Id);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await engine.StepAsync(job.Id);
        Assert.Single(engine.Provider.Cancelled);
        Assert.Equal(JobStatus.Generating, (await ReadAsync(job.Id)).Status);

        engine.Provider.OnCancel = null;
        Clock.Advance(TimeSpan.FromMinutes(1));
        await engine.StepAsync(job.Id);
        Assert.Equal(JobStatus.Cancelled, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Cancel_WhileSending_IsCarriedOutOnceTheAnswerIsKept()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        CancellationToken sending = default;
        engine.Provider.OnSubmit = async (_, token) =>
        {
            await CancelAsync(engine, job.Id);
            sending = token;
            return "theirs";
        };

        Assert.Equal(StepOutcome.Accepted, await engine.StepAsync(job.Id));

        var accepted = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Generating, "theirs", Clock.Now), (accepted.Status, accepted.ProviderJobId, accepted.CancelRequestedAt));
        Assert.False(sending.IsCancellationRequested);

        await engine.StepAsync(job.Id);
        Assert.Equal(JobStatus.Cancelled, (await ReadAsync(job.Id)).Status);
        Assert.Equal("theirs", Assert.Single(engine.Provider.Cancelled));
    }

    [Fact]
    public async Task Cancel_WhileSavingAPaidVideo_TheVideoIsKept()
    {
        var engine = Start(new TestVideoProvider(SampleVideo.Mp4Path));
        var job = await AddAsync(JobStatus.Saving);

        await CancelAsync(engine, job.Id);
        await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Completed, null), (stored.Status, stored.CancelRequestedAt));
    }

    private async Task CancelAsync(EngineHarness engine, Guid jobId) =>
        Assert.True((await engine.RecoverAsync(OwnerId, RecoveryOrder.For(RecoveryAction.Cancel, jobId))).IsDone);
}

public sealed class CancelSqliteTests(SqliteDatabase database) : CancelTests(database), IClassFixture<SqliteDatabase>;

public sealed class CancelPostgresTests(PostgresDatabase database) : CancelTests(database), IClassFixture<PostgresDatabase>;
