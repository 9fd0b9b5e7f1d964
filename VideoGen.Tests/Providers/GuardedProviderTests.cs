using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers;

/// <summary>A provider that does not answer is left alone; see docs/adr/0010-breaker-per-provider.md.</summary>
[Trait("Req", "R-14")]
public sealed class GuardedProviderTests
{
    private static readonly BreakerOptions Figures = new();

    private readonly TestClock _clock = new();
    private readonly TestVideoProvider _provider = new();
    private readonly RecordedLog<GuardedProvider> _log = new();
    private readonly GuardedProvider _guarded;

    public GuardedProviderTests() => _guarded = new GuardedProvider(_provider, Figures, _clock, _log);

    public static TheoryData<string> Outages => [.. OutageSamples.Keys];

    public static TheoryData<string> Answers => [.. AnswerSamples.Keys];

    private static Dictionary<string, Func<Exception>> OutageSamples { get; } = new(StringComparer.Ordinal)
    {
        ["down"] = () => Trouble(FailureKind.ProviderDown),
        ["answer lost"] = () => new AnswerLostException("Test", "broke"),
    };

    private static Dictionary<string, Func<Exception>> AnswerSamples { get; } = new(StringComparer.Ordinal)
    {
        ["slow down"] = () => Trouble(FailureKind.RateLimited),
        ["no credit, to a look"] = () => Trouble(FailureKind.Quota),
        ["job unknown"] = () => new VideoProviderException(FailureKind.LostAtProvider, "Gone."),
        ["not there yet"] = () => new VideoProviderException(FailureKind.LostAtProvider, "Not yet.") { IsTransient = true, IsResultMissing = true },
        ["refused"] = () => new VideoProviderException(FailureKind.Moderated, "No."),
        ["stopped by us"] = () => new OperationCanceledException(),
    };

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Check_FiveTroubles_LeavesTheProviderAlone(string how)
    {
        _provider.OnCheck = (_, _) => throw OutageSamples[how]();
        await AskAsync(4);
        Assert.False(_guarded.IsLeftAlone);

        await AskAsync(1);

        Assert.True(_guarded.IsLeftAlone);
        var alone = await Assert.ThrowsAsync<VideoProviderException>(() => CheckAsync());
        Assert.Equal((FailureKind.ProviderDown, true, true), (alone.Kind, alone.IsTransient, alone.IsUnasked));
        Assert.Equal(Figures.Rest, alone.RetryAfter);
        Assert.Equal(5, _provider.Checked.Count);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Check_AnswersThatAreNoOutage_DoNotCount(string how)
    {
        _provider.OnCheck = (_, _) => throw AnswerSamples[how]();

        await AskAsync(50);

        Assert.False(_guarded.IsLeftAlone);
        Assert.Equal(50, _provider.Checked.Count);
    }

    [Fact]
    public async Task Check_LessThanHalfGoesWrong_GoesOn()
    {
        var asked = 0;
        _provider.OnCheck = (_, _) => asked++ % 3 == 0 ? throw Trouble(FailureKind.ProviderDown) : Task.FromResult(TestVideoProvider.Running());

        await AskAsync(60);

        Assert.False(_guarded.IsLeftAlone);
    }

    [Fact]
    public async Task Check_TroublesFarApart_GoesOn()
    {
        _provider.OnCheck = (_, _) => throw Trouble(FailureKind.ProviderDown);
        for (var asked = 0; asked < 10; asked++)
        {
            await AskAsync(1);
            _clock.Advance(Figures.Window / 3);
        }

        Assert.False(_guarded.IsLeftAlone);
    }

    [Fact]
    public async Task Check_AfterTheRest_OneQuestionAtATime()
    {
        await OpenAsync();
        _clock.Advance(Figures.Rest);
        Assert.False(_guarded.IsLeftAlone);
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource<ProviderJob>();
        _provider.OnCheck = (_, _) =>
        {
            asked.SetResult();
            return answer.Task;
        };

        var question = CheckAsync();
        await asked.Task;

        Assert.True(_guarded.IsLeftAlone);
        var others = await Assert.ThrowsAsync<VideoProviderException>(() => CheckAsync());
        Assert.Equal((true, TimeSpan.FromSeconds(5)), (others.IsTransient, others.RetryAfter));
        Assert.Equal(6, _provider.Checked.Count);

        answer.SetResult(TestVideoProvider.Running());
        await question;
        _provider.OnCheck = null;
        Assert.False(_guarded.IsLeftAlone);
        await CheckAsync();
        Assert.Equal(7, _provider.Checked.Count);
    }

    [Fact]
    public async Task Check_StillDownAfterTheRest_RestsAgain()
    {
        await OpenAsync();
        for (var rest = 1; rest <= 4; rest++)
        {
            _clock.Advance(Figures.Rest);
            await AskAsync(10);

            Assert.True(_guarded.IsLeftAlone);
            Assert.Equal(5 + rest, _provider.Checked.Count);
        }
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Submit_WhileLeftAlone_IsProvablyUnsent()
    {
        await OpenAsync();

        var unsent = await Assert.ThrowsAsync<VideoProviderException>(() => _guarded.SubmitAsync(Request(), CancellationToken.None));

        Assert.True(unsent.IsTransient);
        Assert.Empty(_provider.Submitted);
    }

    [Fact]
    public async Task Find_WhileLeftAlone_IsNotAsked()
    {
        await OpenAsync();
        var trace = new SubmissionTrace("key", _clock.Now, Request(), (_, _) => Task.FromResult(false));

        await Assert.ThrowsAsync<VideoProviderException>(() => _guarded.FindSubmissionAsync(trace, CancellationToken.None));
        Assert.Empty(_provider.Sought);
    }

    [Fact]
    public async Task OpenCancelRelease_WhileLeftAlone_AreSent()
    {
        await OpenAsync();
        _provider.OnOpenResult = (_, _, _) => Task.FromResult(TestVideoProvider.Bytes([1], 1));

        await (await _guarded.OpenResultAsync("1", 0, CancellationToken.None)).DisposeAsync();
        await _guarded.CancelAsync("1", CancellationToken.None);
        await _guarded.ReleaseAsync("1", CancellationToken.None);

        Assert.Equal((1, 1, 1), (_provider.Opened.Count, _provider.Cancelled.Count, _provider.Released.Count));
    }

    [Fact]
    public async Task OpenResult_GoesWrong_SaysNothingAboutTheProvider()
    {
        _provider.OnOpenResult = (_, _, _) => throw Trouble(FailureKind.ProviderDown);
        for (var asked = 0; asked < 20; asked++)
        {
            await Record.ExceptionAsync(() => _guarded.OpenResultAsync("1", 0, CancellationToken.None));
        }

        Assert.False(_guarded.IsLeftAlone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Any_KeyRefusedOnce_NothingIsAskedUntilSomebodyMayHaveActed(bool bySubmission)
    {
        _provider.OnSubmit = (_, _) => throw new VideoProviderException(FailureKind.Credentials, "No.");
        _provider.OnCheck = (_, _) => throw Trouble(FailureKind.Credentials);
        await Record.ExceptionAsync(() => bySubmission ? SubmitAsync() : CheckAsync());
        Assert.Equal(FailureKind.Credentials, _guarded.Trouble);

        for (var asked = 0; asked < 100; asked++)
        {
            var look = await Assert.ThrowsAsync<VideoProviderException>(CheckAsync);
            var submission = await Assert.ThrowsAsync<VideoProviderException>(SubmitAsync);
            Assert.All([look, submission], held => Assert.Equal(
                (FailureKind.Credentials, true, true, Figures.AccountRest), (held.Kind, held.IsTransient, held.IsUnasked, held.RetryAfter)));
        }

        Assert.True(_guarded.IsLeftAlone);
        Assert.Equal(1, _provider.Checked.Count + _provider.Submitted.Count);
        Assert.Single(_log.Alerts);
    }

    [Fact]
    public async Task Any_KeyRefusedStill_OneQuestionEachRestAndNoSecondAlert()
    {
        _provider.OnCheck = (_, _) => throw Trouble(FailureKind.Credentials);
        await AskAsync(1);
        for (var rest = 0; rest < 3; rest++)
        {
            _clock.Advance(Figures.AccountRest);
            await AskAsync(10);
        }

        Assert.Equal(4, _provider.Checked.Count);
        Assert.Single(_log.Alerts);
    }

    [Fact]
    public async Task Check_KeyAcceptedAgain_LetsEverythingThrough()
    {
        _provider.OnCheck = (_, _) => throw Trouble(FailureKind.Credentials);
        await AskAsync(1);
        _provider.OnCheck = null;
        _clock.Advance(Figures.AccountRest);

        await CheckAsync();

        Assert.Null(_guarded.Trouble);
        Assert.False(_guarded.IsLeftAlone);
        await SubmitAsync();
        await CheckAsync();
    }

    [Fact]
    public async Task Submit_NoCredit_HoldsSubmissionsAloneAsLongAsAsked()
    {
        _provider.OnSubmit = (_, _) => throw new VideoProviderException(FailureKind.Quota, "No.") { RetryAfter = TimeSpan.FromMinutes(20) };
        await Record.ExceptionAsync(SubmitAsync);

        await CheckAsync();
        Assert.Equal((FailureKind.Quota, true), (_guarded.Trouble, _guarded.IsLeftAlone));
        _clock.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromTicks(1));
        await Record.ExceptionAsync(SubmitAsync);
        Assert.Single(_provider.Submitted);

        _clock.Advance(TimeSpan.FromTicks(1));
        _provider.OnSubmit = null;
        await SubmitAsync();
        Assert.Null(_guarded.Trouble);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData(40, 40)]
    public async Task Submit_SlowDown_HoldsSubmissionsAloneAlsoWhereNoTimeIsNamed(int? asked, int rest)
    {
        TimeSpan? named = asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        _provider.OnSubmit = (_, _) => throw new VideoProviderException(FailureKind.RateLimited, "429") { IsTransient = true, RetryAfter = named };
        await Record.ExceptionAsync(SubmitAsync);

        await CheckAsync();
        _clock.Advance(TimeSpan.FromSeconds(rest) - TimeSpan.FromTicks(1));
        await Record.ExceptionAsync(SubmitAsync);
        Assert.Single(_provider.Submitted);

        _clock.Advance(TimeSpan.FromTicks(1));
        _provider.OnSubmit = null;
        await SubmitAsync();
        Assert.Null(_guarded.Trouble);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(40, 40)]
    [InlineData(365 * 24 * 3600, 3600)]
    public async Task Check_SlowDown_HoldsAllLooksAsLongAsAskedWithinBounds(int asked, int rest)
    {
        _provider.OnCheck = (_, _) => throw new VideoProviderException(FailureKind.RateLimited, "429") { IsTransient = true, RetryAfter = TimeSpan.FromSeconds(asked) };
        await AskAsync(1);
        _provider.OnCheck = null;

        await AskAsync(10);
        _clock.Advance(TimeSpan.FromSeconds(rest) - TimeSpan.FromTicks(1));
        await AskAsync(10);
        Assert.Single(_provider.Checked);
        await SubmitAsync();

        _clock.Advance(TimeSpan.FromTicks(1));
        await AskAsync(10);
        Assert.Equal(11, _provider.Checked.Count);
    }

    [Fact]
    public async Task Check_UnderWayWhenTheOthersWereToldToSlowDown_DoesNotLiftIt()
    {
        var answer = new TaskCompletionSource<ProviderJob>();
        _provider.OnCheck = (_, _) => answer.Task;
        var early = CheckAsync();
        _provider.OnCheck = (_, _) => throw new VideoProviderException(FailureKind.RateLimited, "429") { IsTransient = true, RetryAfter = TimeSpan.FromMinutes(1) };
        await AskAsync(1);

        answer.SetResult(TestVideoProvider.Running());
        await early;

        await AskAsync(5);
        Assert.Equal(2, _provider.Checked.Count);
    }

    [Fact]
    public async Task Check_AfterARestTooOften_SaysNothingOfTheKey()
    {
        _provider.OnCheck = (_, _) => throw Trouble(FailureKind.Credentials);
        await AskAsync(1);
        _clock.Advance(Figures.AccountRest);
        _provider.OnCheck = (_, _) => throw Trouble(FailureKind.RateLimited);

        await AskAsync(10);

        Assert.Equal(2, _provider.Checked.Count);
        Assert.Equal(FailureKind.Credentials, _guarded.Trouble);
        Assert.Single(_log.Alerts);
    }

    [Fact]
    public async Task Submit_AfterARestRefusedForItsPrompt_SaysNothingOfTheCredit()
    {
        _provider.OnSubmit = (_, _) => throw new VideoProviderException(FailureKind.Quota, "No.");
        await Record.ExceptionAsync(SubmitAsync);
        _clock.Advance(Figures.AccountRest);
        _provider.OnSubmit = (_, _) => throw new VideoProviderException(FailureKind.Moderated, "No.");

        await Record.ExceptionAsync(SubmitAsync);

        Assert.Equal(FailureKind.Quota, _guarded.Trouble);
        Assert.True(_guarded.IsLeftAlone);
    }

    [Fact]
    public async Task Check_AfterARestUnknownJob_IsAnAnswer()
    {
        _provider.OnCheck = (_, _) => throw Trouble(FailureKind.Credentials);
        await AskAsync(1);
        _clock.Advance(Figures.AccountRest);
        _provider.OnCheck = (_, _) => throw new VideoProviderException(FailureKind.LostAtProvider, "Gone.");

        await AskAsync(3);

        Assert.Equal(4, _provider.Checked.Count);
        Assert.Null(_guarded.Trouble);
    }

    private async Task OpenAsync()
    {
        _provider.OnCheck = (_, _) => throw Trouble(FailureKind.ProviderDown);
        await AskAsync(Figures.FewestRequests);
    }

    private async Task AskAsync(int times)
    {
        for (var asked = 0; asked < times; asked++)
        {
            await Record.ExceptionAsync(() => CheckAsync());
        }
    }

    private Task SubmitAsync() => _guarded.SubmitAsync(Request(), CancellationToken.None);

    private Task<ProviderJob> CheckAsync() => _guarded.CheckAsync("1", CancellationToken.None);

    private static VideoProviderException Trouble(FailureKind kind) => new(kind, "Trouble.") { IsTransient = true };

    private static VideoRequest Request() => new()
    {
        SubmitKey = "key",
        ModelId = "model-1",
        Prompt = "A fox",
        Size = new(1280, 720),
        Duration = TimeSpan.FromSeconds(4),
    };
}
