using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Providers;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

/// <summary>What becomes of a submission whose answer was lost.</summary>
[Trait("Req", "R-16")]
public abstract class ConfirmStepTests(TestDatabase database) : EngineTests(database)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Run_SenderDied_IsUnconfirmedAndLeftToAPerson()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Submitting);
        await LeaseAsync(job.Id, "dead#1", Clock.Now.AddSeconds(90));

        await engine.StepAsync(job.Id);
        Assert.Equal(JobStatus.Submitting, (await ReadAsync(job.Id)).Status);

        Clock.Advance(TimeSpan.FromSeconds(91));
        var outcome = await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal(StepOutcome.Ended, outcome);
        Assert.Equal(JobStatus.Unconfirmed, stored.Status);
        Assert.Equal(AttemptOutcome.Unknown, stored.Attempts[0].Outcome);
        Assert.Empty(engine.Provider.Submitted);
        Assert.Empty(engine.Provider.Sought);
    }

    [Theory]
    [InlineData(SubmissionLookup.Certain)]
    [InlineData(SubmissionLookup.Eventual)]
    public async Task Run_ProviderHasIt_AdoptsIt(SubmissionLookup lookup)
    {
        var engine = Start(Capabilities(lookup));
        var job = await AddAsync(JobStatus.Submitting);
        engine.Provider.OnFindSubmission = (_, _) => Task.FromResult<string?>("theirs");

        var outcome = await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal(StepOutcome.Accepted, outcome);
        Assert.Equal((JobStatus.Generating, "theirs"), (stored.Status, stored.ProviderJobId));
        Assert.Equal(AttemptOutcome.Accepted, stored.Attempts[0].Outcome);
        Assert.Empty(engine.Provider.Submitted);
    }

    [Fact]
    public async Task Run_LookingForIt_NamesTheAttempt()
    {
        var engine = Start(Capabilities(SubmissionLookup.Certain));
        var job = await AddAsync(JobStatus.Unconfirmed);

        await engine.StepAsync(job.Id);

        var trace = Assert.Single(engine.Provider.Sought);
        var attempt = (await ReadAsync(job.Id)).Attempts[0];
        Assert.Equal((attempt.SubmitKey, attempt.IntentAt), (trace.SubmitKey, trace.IntentAt));
        Assert.Equal(job.Prompt, trace.Request.Prompt);
    }

    [Fact]
    public async Task Run_ProviderIsCertainToHaveNone_IsSentAgain()
    {
        var engine = Start(Capabilities(SubmissionLookup.Certain));
        var job = await AddAsync(JobStatus.Unconfirmed);

        var outcome = await engine.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal(StepOutcome.Again, outcome);
        Assert.Equal((JobStatus.Queued, null), (stored.Status, stored.NotBefore));
        Assert.Equal(AttemptOutcome.NotSent, stored.Attempts[0].Outcome);
        Assert.Empty(engine.Provider.Submitted);

        await engine.StepAsync(job.Id);
        Assert.Single(engine.Provider.Submitted);
    }

    [Fact]
    public async Task Run_LookingForIt_TellsWhatAlreadyBelongsToUs()
    {
        var engine = Start(Capabilities(SubmissionLookup.Certain));
        var running = await AddAsync(JobStatus.Generating);
        var ended = await AddAsync(JobStatus.Completed);
        var elsewhere = new GenerationJob(JobSamples.Order(OwnerId) with { ProviderId = "elsewhere" }, TestClock.Start);
        elsewhere.BeginSubmission(JobSamples.Intent, TestClock.Start);
        elsewhere.Accept("of elsewhere", "Accepted", TestClock.Start);
        await Database.AddAsync(elsewhere);
        var retried = JobSamples.In(JobStatus.Failed, OwnerId);
        var firstRun = retried.ProviderJobId!;
        retried.Retry(TestClock.Start, JobActor.Person(OwnerId));
        await Database.AddAsync(retried);
        var job = await AddAsync(JobStatus.Unconfirmed);

        await engine.StepAsync(job.Id);

        var trace = Assert.Single(engine.Provider.Sought);
        Assert.True(await trace.IsOurs(running.ProviderJobId!, CancellationToken.None));
        Assert.True(await trace.IsOurs(ended.ProviderJobId!, CancellationToken.None));
        Assert.True(await trace.IsOurs(firstRun, CancellationToken.None));
        Assert.False(await trace.IsOurs("of elsewhere", CancellationToken.None));
        Assert.False(await trace.IsOurs("nobody's", CancellationToken.None));
    }

    [Fact]
    public async Task Run_TwinsFindTheSameAtOnce_OnlyOneTakesIt()
    {
        var engine = Start(Capabilities(SubmissionLookup.Eventual));
        var jobs = new[] { await AddAsync(JobStatus.Unconfirmed), await AddAsync(JobStatus.Unconfirmed) };
        var both = new TaskCompletionSource();
        var looking = 0;
        engine.Provider.OnFindSubmission = async (trace, token) =>
        {
            var found = await trace.IsOurs("one", token) ? "other" : "one";
            if (Interlocked.Increment(ref looking) == 2)
            {
                both.SetResult();
            }

            await both.Task;
            return found;
        };

        await Task.WhenAll(jobs.Select(job => Task.Run(() => engine.StepAsync(job.Id))));
        Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var job in jobs)
        {
            engine.Provider.OnCheck = (_, _) => Task.FromResult(TestVideoProvider.Running());
            await engine.StepAsync(job.Id);
        }

        var stored = new[] { await ReadAsync(jobs[0].Id), await ReadAsync(jobs[1].Id) };
        Assert.All(stored, job => Assert.Equal(JobStatus.Generating, job.Status));
        Assert.Equal(["one", "other"], stored.Select(job => job.ProviderJobId!).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Empty(engine.Provider.Submitted);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Run_ListingOfInputsAloneShowsNothing_IsNeverSentAgainButStillLookedFor()
    {
        var engine = Start(Capabilities(SubmissionLookup.Likely));
        var job = await AddAsync(JobStatus.Unconfirmed);

        for (var look = 0; look < 6; look++)
        {
            await engine.StepAsync(job.Id);
            Assert.Equal(JobStatus.Unconfirmed, (await ReadAsync(job.Id)).Status);
            Clock.Advance(TimeSpan.FromMinutes(10));
        }

        engine.Provider.OnFindSubmission = (_, _) => Task.FromResult<string?>("late");
        await engine.StepAsync(job.Id);

        Assert.Equal((JobStatus.Generating, "late"), ((await ReadAsync(job.Id)).Status, (await ReadAsync(job.Id)).ProviderJobId));
        Assert.Empty(engine.Provider.Submitted);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Run_ListingOfInputsAloneAndGivenUp_IsCancelled()
    {
        var engine = Start(Capabilities(SubmissionLookup.Likely));
        var job = await AddAsync(JobStatus.Unconfirmed);
        await AskToCancelAsync(job.Id);

        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Cancelled, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    public async Task Run_ListingMayLag_ThreeLooksApartAreNeeded()
    {
        var engine = Start(Capabilities(SubmissionLookup.Eventual));
        var job = await AddAsync(JobStatus.Unconfirmed);

        for (var look = 1; look <= 2; look++)
        {
            await engine.StepAsync(job.Id);
            Assert.Equal(JobStatus.Unconfirmed, (await ReadAsync(job.Id)).Status);

            Clock.Advance(BetweenLooks - TimeSpan.FromMilliseconds(1));
            await engine.StepAsync(job.Id);
            Assert.Equal(look, engine.Provider.Sought.Count);
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Queued, (await ReadAsync(job.Id)).Status);
        Assert.Equal(3, engine.Provider.Sought.Count);
    }

    [Fact]
    public async Task Run_TwoFiringsAtOnce_CountOneLook()
    {
        var engine = Start(Capabilities(SubmissionLookup.Eventual));
        var job = await AddAsync(JobStatus.Unconfirmed);

        for (var round = 1; round <= 2; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => engine.StepAsync(job.Id))));

            Assert.Equal(round, engine.Provider.Sought.Count);
            Assert.Equal(JobStatus.Unconfirmed, (await ReadAsync(job.Id)).Status);
            Clock.Advance(BetweenLooks);
        }
    }

    [Fact]
    public async Task Run_CouldNotLook_IsNoLook()
    {
        var engine = Start(Capabilities(SubmissionLookup.Eventual));
        var job = await AddAsync(JobStatus.Unconfirmed);
        engine.Provider.OnFindSubmission = (_, _) => throw Busy();

        for (var look = 0; look < 6; look++)
        {
            await engine.StepAsync(job.Id);
            var stored = await ReadAsync(job.Id);
            Assert.Equal((JobStatus.Unconfirmed, 0, look + 1), (stored.Status, stored.Attempts[0].EmptyLooks, stored.Setbacks));
            Assert.True(stored.NotBefore > Clock.Now);
            Clock.Advance(stored.NotBefore.Value - Clock.Now);
        }

        Assert.Equal(6, engine.Provider.Sought.Count);
        Assert.Empty(engine.Provider.Submitted);
    }

    [Fact]
    public async Task Run_AnswerArrivedAfterTheLeaseWasLost_IsAdoptedWithoutSendingAgain()
    {
        var slow = Start();
        var other = Start();
        var job = await AddAsync(JobStatus.Queued);
        var sent = new TaskCompletionSource();
        var answer = new TaskCompletionSource<string>();
        slow.Provider.OnSubmit = (_, _) =>
        {
            sent.SetResult();
            return answer.Task;
        };

        var sending = slow.StepAsync(job.Id);
        await sent.Task;
        Clock.Advance(TimeSpan.FromMinutes(2));
        await other.StepAsync(job.Id);
        Assert.Equal(JobStatus.Unconfirmed, (await ReadAsync(job.Id)).Status);

        answer.SetResult("theirs");
        await sending;
        var unmoved = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Unconfirmed, null), (unmoved.Status, unmoved.ProviderJobId));
        Assert.Equal("theirs", unmoved.Attempts[0].ProviderJobId);

        // Nobody fires for a job that waits for a person, but this one has an answer now.
        await other.Get<Reconciler>().RunAsync(CancellationToken.None);
        Assert.Contains(job.Id, await other.PlannedAsync());
        await other.StepAsync(job.Id);

        var stored = await ReadAsync(job.Id);
        Assert.Equal((JobStatus.Generating, "theirs"), (stored.Status, stored.ProviderJobId));
        Assert.Single(slow.Provider.Submitted);
        Assert.Empty(other.Provider.Submitted);
    }

    [Fact]
    public async Task Run_CancelledAndNotToBeFound_IsGivenUp()
    {
        var engine = Start();
        var job = await AddAsync(JobStatus.Unconfirmed);
        await AskToCancelAsync(job.Id);

        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Cancelled, (await ReadAsync(job.Id)).Status);
    }

    [Fact]
    public async Task Run_CancelledAndFound_IsStoppedThere()
    {
        var engine = Start(Capabilities(SubmissionLookup.Certain));
        var job = await AddAsync(JobStatus.Unconfirmed);
        await AskToCancelAsync(job.Id);
        engine.Provider.OnFindSubmission = (_, _) => Task.FromResult<string?>("theirs");

        await engine.StepAsync(job.Id);
        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Cancelled, (await ReadAsync(job.Id)).Status);
        Assert.Equal("theirs", Assert.Single(engine.Provider.Cancelled));
    }

    [Fact]
    public async Task Run_SenderDiedAndProviderTakenOut_IsUnconfirmed()
    {
        var engine = Start(new TestVideoProvider { Id = "another" });
        var job = await AddAsync(JobStatus.Submitting);

        await engine.StepAsync(job.Id);

        Assert.Equal(JobStatus.Unconfirmed, (await ReadAsync(job.Id)).Status);
    }
}

public sealed class ConfirmStepSqliteTests(SqliteDatabase database) : ConfirmStepTests(database), IClassFixture<SqliteDatabase>;

public sealed class ConfirmStepPostgresTests(PostgresDatabase database) : ConfirmStepTests(database), IClassFixture<PostgresDatabase>;
