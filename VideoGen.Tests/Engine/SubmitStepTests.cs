using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Models;
using VideoGen.Web.Engine;
using VideoGen.Web.Providers;

namespace VideoGen.Tests.Engine;

[Trait("Req", "R-16")]
public abstract class SubmitStepTests(TestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task Run_WhileSending_IntentIsCommittedAlready()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        GenerationJob? seen = null;
        engine.Provider.OnSubmit = async (_, _) =>
        {
            seen = await ReadAsync(job.Id);
            return "theirs";
        };

        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Submitting, seen!.Status);
        var attempt = Assert.Single(seen.Attempts);
        Assert.Equal(AttemptOutcome.Open, attempt.Outcome);
        Assert.Equal("http://provider.test", attempt.ProviderAddress);
        Assert.Equal(engine.Get<EngineNode>().Name, attempt.NodeId);
        Assert.Matches("^[0-9a-f]{64}$", attempt.RequestHash);
    }

    [Fact]
    public async Task Run_Accepted_GeneratesUnderTheProvidersId()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        engine.Provider.OnSubmit = (_, _) => Task.FromResult("theirs");

        var outcome = await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal(StepOutcome.Accepted, outcome);
        Assert.Equal((JobStatus.Generating, "theirs", Clock.Now), (stored.Status, stored.ProviderJobId, stored.GeneratingAt));
        Assert.Null(stored.LeaseUntil);
        var attempt = Assert.Single(stored.Attempts);
        Assert.Equal((AttemptOutcome.Accepted, "theirs", Clock.Now), (attempt.Outcome, attempt.ProviderJobId, attempt.ClosedAt));
    }

    [Fact]
    public async Task Run_Accepted_SendsOneRequestWithTheOrder()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);

        await engine.StepAsync(job.Id);

        var request = Assert.Single(engine.Provider.Submitted);
        Assert.Equal((await ReadAsync(job.Id)).Attempts[0].SubmitKey, request.SubmitKey);
        Assert.Equal(
            (job.ModelId, job.Prompt, job.Size, job.Duration, job.FrameRate, job.Seed),
            (request.ModelId, request.Prompt, request.Size, request.Duration, request.FrameRate, request.Seed));
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Run_ProvablyNotSent_WaitsInTheQueueLongerEachTime()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        engine.Provider.OnSubmit = (_, _) => throw Busy();
        var last = TimeSpan.Zero;

        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await engine.StepAsync(job.Id);

            var stored = await ReadAsync(job.Id);
            Assert.Equal(JobStatus.Queued, stored.Status);
            Assert.All(stored.Attempts, sent => Assert.Equal(AttemptOutcome.NotSent, sent.Outcome));
            Assert.Equal(attempt, engine.Provider.Submitted.Count);
            var wait = stored.NotBefore!.Value - Clock.Now;
            Assert.True(wait > last, $"Wait {attempt} is {wait}, the one before was {last}.");
            last = wait;
            Clock.Advance(wait);
        }
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Run_BeforeItsTime_SendsNothing()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        engine.Provider.OnSubmit = (_, _) => throw Busy(TimeSpan.FromMinutes(2));
        await engine.StepAsync(job.Id);

        Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond));
        await engine.StepAsync(job.Id);
        Assert.Single(engine.Provider.Submitted);

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await engine.StepAsync(job.Id);
        Assert.Equal(2, engine.Provider.Submitted.Count);
    }

    [Fact]
    public async Task Run_BusyForADay_Fails()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        engine.Provider.OnSubmit = (_, _) => throw Busy();
        Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));

        var outcome = await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal(StepOutcome.Ended, outcome);
        Assert.Equal((JobStatus.Failed, FailureKind.RateLimited), (stored.Status, stored.FailureKind));
    }

    [Fact]
    [Trait("Req", "R-44")]
    public async Task Run_Refused_FailsWithTheProvidersWords()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        engine.Provider.OnSubmit = (_, _) => throw No();

        var outcome = await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal(StepOutcome.Ended, outcome);
        Assert.Equal(JobStatus.Failed, stored.Status);
        Assert.Equal((FailureKind.Moderated, "The provider said no.", "raw words"), (stored.FailureKind, stored.FailureMessage, stored.FailureDetail));
        Assert.Equal(AttemptOutcome.Refused, stored.Attempts[0].Outcome);
    }

    [Fact]
    public async Task Run_RefusedWithALongSpeech_IsStillARefusal()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        engine.Provider.OnSubmit = (_, _) => throw new VideoProviderException(FailureKind.Moderated, new string('x', 3000));

        await engine.StepAsync(job.Id);

        Assert.Equal((JobStatus.Failed, FailureKind.Moderated), await StateAsync(job.Id));
    }

    [Theory]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(FormatException))]
    public async Task Run_AnswerLost_IsUnconfirmedAndNeverSentAgain(Type exception)
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        engine.Provider.OnSubmit = (_, _) => throw (Exception)Activator.CreateInstance(exception)!;

        for (var step = 0; step < 10; step++)
        {
            await engine.StepAsync(job.Id);
            Clock.Advance(TimeSpan.FromHours(3));
        }

        var stored = await ReadAsync(job.Id);
        Assert.Equal(JobStatus.Unconfirmed, stored.Status);
        Assert.Equal(AttemptOutcome.Unknown, Assert.Single(stored.Attempts).Outcome);
        Assert.Single(engine.Provider.Submitted);
    }

    [Fact]
    public async Task Run_NoAnswerInTime_IsUnconfirmed()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        engine.Provider.OnSubmit = async (_, timeout) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, timeout);
            return "never";
        };

        var step = engine.StepAsync(job.Id);
        await Clock.UntilTimersAsync(1);
        Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(step.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await step;

        Assert.Equal(JobStatus.Unconfirmed, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    [Trait("Req", "R-72")]
    public async Task Run_ServerStopsWhileSending_WaitsForTheAnswer()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        using var stopping = new CancellationTokenSource();
        CancellationToken sent = default;
        engine.Provider.OnSubmit = async (_, token) =>
        {
            await stopping.CancelAsync();
            sent = token;
            return "theirs";
        };

        await engine.StepAsync(job.Id, stopping.Token);

        Assert.False(sent.IsCancellationRequested);
        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Generating, "theirs", null), (stored.Status, stored.ProviderJobId, stored.LeaseOwner));
    }

    [Fact]
    [Trait("Req", "R-03")]
    public async Task Run_ModelRetiredMeanwhile_FailsWithoutSending()
    {
        var retired = DateOnly.FromDateTime(Clock.Now.UtcDateTime);
        var engine = Start(model: ModelSamples.Model with { Lifecycle = new ModelLifecycle(RetiredOn: retired) });
        var job = await AddAsync(JobStatus.Queued);

        await engine.StepAsync(job.Id);

        Assert.Equal((JobStatus.Failed, FailureKind.RetiredModel), await StateAsync(job.Id));
        Assert.Empty(engine.Provider.Submitted);
    }

    [Theory]
    [InlineData(JobStatus.Generating)]
    [InlineData(JobStatus.Completed)]
    public async Task Run_AnsweredWithTheIdOfAnotherJob_IsUnconfirmedAndOverwritesNothing(JobStatus status)
    {
        var engine = Start();
        var other = await AddAsync(status);
        var before = await ReadAsync(other.Id);
        var job = await AddAsync(JobStatus.Queued);
        engine.Provider.OnSubmit = (_, _) => Task.FromResult(before.ProviderJobId!);

        await engine.StepAsync(job.Id);
        Clock.Advance(TimeSpan.FromMinutes(10));
        await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Unconfirmed, null), (stored.Status, stored.ProviderJobId));
        var attempt = Assert.Single(stored.Attempts);
        Assert.Equal((AttemptOutcome.Unknown, null), (attempt.Outcome, attempt.ProviderJobId));
        Assert.Contains(stored.Events, entry => entry.To is JobStatus.Unconfirmed && entry.Reason.Contains("id of another job", StringComparison.Ordinal));
        Assert.Single(engine.Provider.Submitted);
        var after = await ReadAsync(other.Id);
        Assert.Equal(
            (before.Status, before.ProviderJobId, before.Epoch, before.Events.Count), (after.Status, after.ProviderJobId, after.Epoch, after.Events.Count));
    }

    [Fact]
    [Trait("Req", "R-14")]
    public async Task Run_ProviderIsLeftAlone_SendsNothingAndRecordsNothing()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        await BreakAsync(engine);

        Assert.Equal(StepOutcome.Later, await engine.StepAsync(job.Id));

        var waiting = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Queued, 0, 0, null), (waiting.Status, waiting.AttemptCount, waiting.Setbacks, waiting.NotBefore));
        Assert.Single(waiting.Events);
        Assert.Empty(engine.Provider.Submitted);

        Clock.Advance(new BreakerOptions().Rest);
        Assert.Equal(StepOutcome.Accepted, await engine.StepAsync(job.Id));
        Assert.Single(engine.Provider.Submitted);
    }

    [Fact]
    public async Task Run_StoppedWhileTheProviderIsLeftAlone_IsCancelledAtOnce()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Queued);
        await BreakAsync(engine);
        await AskToCancelAsync(job.Id);

        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Cancelled, (await ReadAsync(job.Id)).Status);
    }

    private static async Task BreakAsync(EngineHarness engine)
    {
        var provider = engine.Get<VideoProviders>().Find(engine.Provider.Id)!;
        engine.Provider.OnCheck = (_, _) => throw new VideoProviderException(FailureKind.ProviderDown, "503") { IsTransient = true };
        for (var asked = 0; asked < new BreakerOptions().FewestRequests; asked++)
        {
            await Assert.ThrowsAsync<VideoProviderException>(() => provider.CheckAsync("any", CancellationToken.None));
        }
    }

    private async Task<(JobStatus Status, FailureKind? Kind)> StateAsync(Guid jobId)
    {
        var stored = await ReadAsync(jobId);
        return (stored.Status, stored.FailureKind);
    }
}

public sealed class SubmitStepSqliteTests(SqliteDatabase database) : SubmitStepTests(database), IClassFixture<SqliteDatabase>;

public sealed class SubmitStepPostgresTests(PostgresDatabase database) : SubmitStepTests(database), IClassFixture<PostgresDatabase>;
