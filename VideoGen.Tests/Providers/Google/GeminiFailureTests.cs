using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Google;

/// <summary>Every status word of the Interactions API, and what goes wrong there, in our words.</summary>
public sealed class GeminiFailureTests
{
    private const string Model = "gemini-omni-1.1-flash";

    [Theory]
    [Trait("Req", "R-15")]
    [InlineData(0, "queued", ProviderJobState.Waiting)]
    [InlineData(50, "in_progress", ProviderJobState.Running)]
    [InlineData(100, "completed", ProviderJobState.Finished)]
    public async Task CheckAsync_StatusOnTheWay_IsTranslated(int seconds, string word, ProviderJobState state)
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        var id = await run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None);
        run.Clock.Advance(TimeSpan.FromSeconds(seconds));

        var job = await run.Provider.CheckAsync(id, CancellationToken.None);

        Assert.Equal((state, word), (job.State, job.RawStatus));
    }

    [Theory]
    [Trait("Req", "R-15")]
    [InlineData("failed", FailureKind.ProviderError)]
    [InlineData("incomplete", FailureKind.ProviderError)]
    [InlineData("requires_action", FailureKind.ProviderError)]
    [InlineData("requires_continuation", FailureKind.ProviderError)]
    [InlineData("budget_exceeded", FailureKind.Quota)]
    [InlineData("completed", FailureKind.ProviderError)]
    public async Task CheckAsync_EndWithoutAVideo_FailsAndKeepsTheWord(string word, FailureKind kind)
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        var id = await run.SubmitFinishedAsync(GoogleRun.Request(Model, $"A fox [google:ends-as {word}]"));

        var job = await run.Provider.CheckAsync(id, CancellationToken.None);

        Assert.Equal((ProviderJobState.Failed, kind, word), (job.State, job.Failure!.Kind, job.RawStatus));
        Assert.Contains(word, job.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-15")]
    public async Task CheckAsync_UnknownWord_IsRunning()
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        var id = await run.Provider.SubmitAsync(GoogleRun.Request(Model, "[sim:unknown-status-word]"), CancellationToken.None);

        Assert.Equal(ProviderJobState.Running, (await run.Provider.CheckAsync(id, CancellationToken.None)).State);
    }

    [Theory]
    [Trait("Req", "R-15")]
    [InlineData("A canary prompt [sim:moderated@check]", FailureKind.Moderated)]
    [InlineData("A canary prompt about safety [sim:failed]", FailureKind.ProviderError)]
    public async Task CheckAsync_JobThatFailed_SaysWhyAndNotThePrompt(string prompt, FailureKind kind)
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        var id = await run.Provider.SubmitAsync(GoogleRun.Request(Model, prompt), CancellationToken.None);
        await run.Provider.CheckAsync(id, CancellationToken.None);
        run.Clock.Advance(GoogleRun.GenerationTime);

        var job = await run.Provider.CheckAsync(id, CancellationToken.None);

        Assert.Equal((ProviderJobState.Failed, kind), (job.State, job.Failure!.Kind));
        Assert.DoesNotContain("canary", job.Failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData(nameof(MisbehaviourKind.RateLimited), FailureKind.RateLimited, true)]
    [InlineData(nameof(MisbehaviourKind.QuotaExceeded), FailureKind.Quota, false)]
    [InlineData(nameof(MisbehaviourKind.Unauthorized), FailureKind.Credentials, false)]
    [InlineData(nameof(MisbehaviourKind.Moderated), FailureKind.InputRefused, false)]
    public async Task SubmitAsync_Refused_SaysWhyAndAsksOnce(string misbehaviour, FailureKind kind, bool isTransient)
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        run.Misbehave(Operation.Create, Enum.Parse<MisbehaviourKind>(misbehaviour));

        var exception = await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None));

        Assert.Equal((kind, isTransient), (exception.Kind, exception.IsTransient));
        run.Only(Operation.Create);
        GoogleRun.AssertNoKeyIn(exception);
    }

    [Fact]
    public async Task SubmitAsync_UnknownModel_IsRetired()
    {
        await using var run = await GoogleRun.StartAsync("gemini");

        var exception = await Assert.ThrowsAsync<VideoProviderException>(
            () => run.Provider.SubmitAsync(GoogleRun.Request("veo-3.1-generate-preview"), CancellationToken.None));

        Assert.Equal(FailureKind.RetiredModel, exception.Kind);
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData(nameof(MisbehaviourKind.ServerError))]
    [InlineData(nameof(MisbehaviourKind.Unavailable))]
    [InlineData(nameof(MisbehaviourKind.ResetAfterRead))]
    [InlineData(nameof(MisbehaviourKind.AnswerLost))]
    [InlineData(nameof(MisbehaviourKind.AnswerTruncated))]
    [InlineData(nameof(MisbehaviourKind.NoIdInAnswer))]
    public async Task SubmitAsync_AnswerLost_IsNotSentAgain(string misbehaviour)
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        run.Misbehave(Operation.Create, Enum.Parse<MisbehaviourKind>(misbehaviour));

        var exception = await Assert.ThrowsAsync<AnswerLostException>(() => run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None));

        run.Only(Operation.Create);
        GoogleRun.AssertNoKeyIn(exception);
    }

    [Theory]
    [InlineData(nameof(MisbehaviourKind.JobLost), FailureKind.LostAtProvider, false)]
    [InlineData(nameof(MisbehaviourKind.RateLimited), FailureKind.RateLimited, true)]
    [InlineData(nameof(MisbehaviourKind.ServerError), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.Unauthorized), FailureKind.Credentials, true)]
    public async Task CheckAsync_Trouble_IsTranslated(string misbehaviour, FailureKind kind, bool isTransient)
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        var id = await run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None);
        run.Misbehave(Operation.Check, Enum.Parse<MisbehaviourKind>(misbehaviour));

        var exception = await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.CheckAsync(id, CancellationToken.None));

        Assert.Equal((kind, isTransient), (exception.Kind, exception.IsTransient));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task OpenResultAsync_FileNotActiveYet_IsMissing()
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        var id = await run.SubmitFinishedAsync(GoogleRun.Request(Model));
        run.Misbehave(Operation.Content, MisbehaviourKind.ResultNotReady);

        var exception = await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.OpenResultAsync(id, 0, CancellationToken.None));

        Assert.True(exception is { IsResultMissing: true, IsTransient: true });
        Assert.Equal(await GoogleRun.SampleAsync(), await GoogleRun.BytesOfAsync(await run.Provider.OpenResultAsync(id, 0, CancellationToken.None)));
    }
}
