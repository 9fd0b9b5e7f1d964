using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Web.Providers.Transport;
using RetryAfter = VideoGen.Simulator.Misbehaving.RetryAfter;

namespace VideoGen.Tests.Providers;

/// <summary>What an adapter makes of whatever can go wrong, whoever its provider is. A test class for each adapter derives from it.</summary>
public abstract class MisbehavingProviderTests : IAsyncLifetime
{
    private ProviderRun _run = null!;

    private protected abstract Task<ProviderRun> StartAsync();

    public async ValueTask InitializeAsync() => _run = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _run.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData(nameof(MisbehaviourKind.ServerError))]
    [InlineData(nameof(MisbehaviourKind.Unavailable))]
    [InlineData(nameof(MisbehaviourKind.ResetBeforeRead))]
    [InlineData(nameof(MisbehaviourKind.ResetAfterRead))]
    [InlineData(nameof(MisbehaviourKind.AnswerLost))]
    [InlineData(nameof(MisbehaviourKind.AnswerTruncated))]
    [InlineData(nameof(MisbehaviourKind.AnswerNotJson))]
    [InlineData(nameof(MisbehaviourKind.GzipBomb))]
    [InlineData(nameof(MisbehaviourKind.NoIdInAnswer))]
    public async Task Submit_AnswerIsLost_IsUnknownAndSentOnce(string kind)
    {
        Misbehave(Operation.Create, kind);

        var lost = await Assert.ThrowsAsync<AnswerLostException>(() => _run.SubmitAsync());

        Assert.Single(_run.Arrived(Operation.Create));
        _run.AssertDiscreet(lost);
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(nameof(MisbehaviourKind.RateLimited), FailureKind.RateLimited, true)]
    [InlineData(nameof(MisbehaviourKind.Unauthorized), FailureKind.Credentials, false)]
    [InlineData(nameof(MisbehaviourKind.QuotaExceeded), FailureKind.Quota, false)]
    [InlineData(nameof(MisbehaviourKind.Moderated), FailureKind.Moderated, false)]
    public async Task Submit_Refused_SaysWhyAndIsSentOnce(string kind, FailureKind expected, bool isTransient)
    {
        Misbehave(Operation.Create, kind);

        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => _run.SubmitAsync());

        Assert.Equal((expected, isTransient), (refusal.Kind, refusal.IsTransient));
        Assert.Single(_run.Arrived(Operation.Create));
        _run.AssertDiscreet(refusal);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Submit_NobodyListens_IsProvablyUnsent()
    {
        await _run.Simulator.RefuseConnectionsAsync(_run.Dialect);

        var unsent = await Assert.ThrowsAsync<VideoProviderException>(() => _run.SubmitAsync());

        Assert.Equal((FailureKind.ProviderDown, true), (unsent.Kind, unsent.IsTransient));
        Assert.Empty(_run.Arrived(Operation.Create));
    }

    [Theory]
    [Trait("Req", "R-14")]
    [InlineData(nameof(RetryAfter.None), null)]
    [InlineData(nameof(RetryAfter.Seconds), 2)]
    [InlineData(nameof(RetryAfter.Date), 5)]
    [InlineData(nameof(RetryAfter.Garbage), null)]
    [InlineData(nameof(RetryAfter.Year), 31_536_000)]
    public async Task Check_ToldToSlowDown_SaysForHowLong(string retryAfter, int? seconds)
    {
        var id = await _run.SubmitAsync();
        _run.Simulator.Misbehave(new MisbehaviourRule
        {
            Kind = MisbehaviourKind.RateLimited,
            Operation = Operation.Check,
            RetryAfter = Enum.Parse<RetryAfter>(retryAfter),
        });

        var told = await Assert.ThrowsAsync<VideoProviderException>(() => _run.CheckAsync(id));

        Assert.Equal((FailureKind.RateLimited, true), (told.Kind, told.IsTransient));
        Assert.Equal(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, RoundedUp(told.RetryAfter));
    }

    [Theory]
    [Trait("Req", "R-14")]
    [InlineData(nameof(MisbehaviourKind.ServerError), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.Unavailable), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.Unauthorized), FailureKind.Credentials, true)]
    [InlineData(nameof(MisbehaviourKind.ResetBeforeRead), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.ResetAfterRead), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.AnswerTruncated), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.AnswerNotJson), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.GzipBomb), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.JobLost), FailureKind.LostAtProvider, false)]
    public async Task Check_Trouble_EndsTheJobOnlyWhenItIsGone(string kind, FailureKind expected, bool isTransient)
    {
        var id = await _run.SubmitAsync();
        Misbehave(Operation.Check, kind);

        var trouble = await Assert.ThrowsAsync<VideoProviderException>(() => _run.CheckAsync(id));

        Assert.Equal((expected, isTransient), (trouble.Kind, trouble.IsTransient));
        _run.AssertDiscreet(trouble);
        Assert.Equal(ProviderJobState.Waiting, (await _run.CheckAsync(id)).State);
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(nameof(MisbehaviourKind.Failed), FailureKind.ProviderError)]
    [InlineData(nameof(MisbehaviourKind.Moderated), FailureKind.Moderated)]
    public async Task Check_JobEndedWithoutResult_SaysWhy(string kind, FailureKind expected)
    {
        var id = await _run.SubmitAsync();
        Misbehave(Operation.Check, kind);
        _run.Clock.Advance(ProviderRun.GenerationTime);

        var job = await _run.CheckAsync(id);

        Assert.Equal((ProviderJobState.Failed, expected), (job.State, job.Failure?.Kind));
        Assert.DoesNotContain("bonjour", job.Failure!.Message + job.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-11")]
    public async Task Check_StatusNobodyKnows_CountsAsRunningAndIsLogged()
    {
        var id = await _run.SubmitAsync();
        Misbehave(Operation.Check, nameof(MisbehaviourKind.UnknownStatusWord));

        var job = await _run.CheckAsync(id);

        Assert.Equal((ProviderJobState.Running, "contemplating"), (job.State, job.RawStatus));
        Assert.Contains(_run.Providers.Log, line => line.StartsWith("Warning: ", StringComparison.Ordinal) && line.Contains("contemplating", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_FieldsNobodyKnows_AreIgnored()
    {
        var id = await _run.SubmitAsync();
        Misbehave(Operation.Check, nameof(MisbehaviourKind.ExtraFields));

        Assert.Equal(ProviderJobState.Waiting, (await _run.CheckAsync(id)).State);
    }

    [Fact]
    [Trait("Req", "R-11")]
    public async Task Check_ThroughItsLife_WaitsRunsAndFinishes()
    {
        var id = await _run.SubmitAsync();
        Assert.Equal(ProviderJobState.Waiting, (await _run.CheckAsync(id)).State);

        _run.Clock.Advance(ProviderRun.GenerationTime / 2);
        Assert.Equal(ProviderJobState.Running, (await _run.CheckAsync(id)).State);

        _run.Clock.Advance(ProviderRun.GenerationTime / 2);
        var finished = await _run.CheckAsync(id);

        Assert.Equal((ProviderJobState.Finished, 1, null), (finished.State, finished.ResultCount, finished.Failure));
    }

    [Fact]
    [Trait("Req", "R-20")]
    public async Task OpenResult_Finished_StreamsIt()
    {
        var id = await _run.SubmitFinishedAsync();

        await using var result = await _run.OpenAsync(id);
        using var bytes = new MemoryStream();
        await result.Content.CopyToAsync(bytes, CancellationToken.None);

        Assert.Equal(result.Length, bytes.Length);
        Assert.Equal("ftyp"u8, bytes.ToArray().AsSpan(4, 4));
        Assert.NotNull(Assert.Single(_run.Arrived(Operation.Content)).CredentialHeader);
    }

    [Theory]
    [Trait("Req", "R-21")]
    [InlineData(nameof(MisbehaviourKind.ResultNotReady))]
    [InlineData(nameof(MisbehaviourKind.JobLost))]
    public async Task OpenResult_FileNotThereYet_IsMissingAndComesLater(string kind)
    {
        var id = await _run.SubmitFinishedAsync();
        Misbehave(Operation.Content, kind);

        var missing = await Assert.ThrowsAsync<VideoProviderException>(() => _run.OpenAsync(id));

        Assert.True(missing is { IsTransient: true, IsResultMissing: true });
        await (await _run.OpenAsync(id)).DisposeAsync();
    }

    [Theory]
    [Trait("Req", "R-20")]
    [InlineData(nameof(MisbehaviourKind.ServerError))]
    [InlineData(nameof(MisbehaviourKind.Unavailable))]
    [InlineData(nameof(MisbehaviourKind.RateLimited))]
    [InlineData(nameof(MisbehaviourKind.ResetAfterRead))]
    public async Task OpenResult_Trouble_MayPassAndIsNotMissing(string kind)
    {
        var id = await _run.SubmitFinishedAsync();
        Misbehave(Operation.Content, kind);

        var trouble = await Assert.ThrowsAsync<VideoProviderException>(() => _run.OpenAsync(id));

        Assert.True(trouble is { IsTransient: true, IsResultMissing: false });
        _run.AssertDiscreet(trouble);
    }

    [Fact]
    [Trait("Req", "R-20")]
    public async Task OpenResult_LiesOnAnotherHost_IsFetchedThereWithoutTheKey()
    {
        var id = await _run.SubmitFinishedAsync();
        Misbehave(Operation.Content, nameof(MisbehaviourKind.Redirected));

        await (await _run.OpenAsync(id)).DisposeAsync();

        var there = Assert.Single(_run.Simulator.Ledger.Entries("files"));
        Assert.Null(there.CredentialHeader);
        Assert.DoesNotContain(there.Headers.Values, value => value.Contains(ProviderRun.Key, StringComparison.Ordinal));
        Assert.DoesNotContain(_run.Providers.Log, line => line.Contains(there.Path, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_AnswerWasLost_IsFound()
    {
        Misbehave(Operation.Create, nameof(MisbehaviourKind.AnswerLost));
        await Assert.ThrowsAsync<AnswerLostException>(() => _run.SubmitAsync());
        await _run.SubmitAsync(ProviderRun.Request("Something else"));

        Assert.Equal(_run.Accepted[0], await _run.FindAsync());
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_TwinOfAnotherJob_IsNotTaken()
    {
        var twin = await _run.SubmitAsync();

        Assert.Null(await _run.FindAsync(ours: twin));

        Misbehave(Operation.Create, nameof(MisbehaviourKind.AnswerLost));
        await Assert.ThrowsAsync<AnswerLostException>(() => _run.SubmitAsync());

        Assert.Equal(_run.Accepted[1], await _run.FindAsync(ours: twin));
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData("prompt")]
    [InlineData("model")]
    [InlineData("size")]
    [InlineData("duration")]
    public async Task FindSubmission_OtherInputs_AreNotOurs(string other)
    {
        await _run.SubmitAsync();
        var sought = ProviderRun.Request();

        Assert.Null(await _run.FindAsync(other switch
        {
            "prompt" => sought with { Prompt = sought.Prompt + "!" },
            "model" => sought with { ModelId = "sora-2-pro" },
            "size" => sought with { Size = new(720, 1280) },
            _ => sought with { Duration = TimeSpan.FromSeconds(4) },
        }));
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData(-601, false)]
    [InlineData(-600, true)]
    [InlineData(120, true)]
    [InlineData(121, false)]
    public async Task FindSubmission_MadeAtAnotherTime_IsOursOnlyNearby(int intentAfterSeconds, bool isOurs)
    {
        var id = await _run.SubmitAsync();

        var found = await _run.FindAsync(intentAt: _run.Clock.Now + TimeSpan.FromSeconds(intentAfterSeconds));

        Assert.Equal(isOurs ? id : null, found);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_ManyNewerJobs_IsFoundOnALaterPage()
    {
        var id = await _run.SubmitAsync();
        for (var newer = 0; newer < 101; newer++)
        {
            await _run.SubmitAsync(ProviderRun.Request("Something else"));
        }

        Assert.Equal(id, await _run.FindAsync());
    }

    [Fact]
    public async Task FindSubmission_ListingFails_MayPass()
    {
        Misbehave(Operation.List, nameof(MisbehaviourKind.ServerError));

        Assert.True((await Assert.ThrowsAsync<VideoProviderException>(() => _run.FindAsync())).IsTransient);
    }

    // A date has whole seconds only.
    private static TimeSpan? RoundedUp(TimeSpan? span) => span is { } given ? TimeSpan.FromSeconds(Math.Ceiling(given.TotalSeconds)) : null;

    private void Misbehave(Operation operation, string kind) => _run.Simulator.Misbehave(_run.Dialect, operation, Enum.Parse<MisbehaviourKind>(kind));
}
