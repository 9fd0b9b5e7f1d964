using System.Text.Json.Nodes;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.OpenAi;

/// <summary>A remix costs what a new video costs: it is sent once, and sought when its answer is lost.</summary>
public sealed class OpenAiRemixTests : IAsyncLifetime
{
    private ProviderRun _run = null!;
    private string _source = "";

    private VideoRequest Remix => ProviderRun.Request() with { RemixOf = _source };

    public async ValueTask InitializeAsync()
    {
        _run = await StartAsync();
        _source = await _run.SubmitAsync(ProviderRun.Request("A fox by day"));
        _run.Clock.Advance(ProviderRun.GenerationTime);
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    [Trait("Req", "R-02")]
    public async Task Submit_Remix_IsThePromptAloneAtItsSource()
    {
        var id = await _run.SubmitAsync(Remix);

        var sent = Assert.Single(_run.Arrived(Operation.Remix));
        Assert.Equal(("POST", $"/v1/videos/{_source}/remix"), (sent.Method, sent.Path));
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["prompt"] = ProviderRun.Prompt }, JsonNode.Parse(sent.Body!)), sent.Body);
        Assert.StartsWith("application/json", sent.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal($"Bearer {ProviderRun.Key}", sent.Headers["Authorization"]);
        Assert.Single(_run.Arrived(Operation.Create));
        Assert.Equal([_source, id], _run.Accepted, StringComparer.Ordinal);
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData(nameof(MisbehaviourKind.ServerError))]
    [InlineData(nameof(MisbehaviourKind.ResetBeforeRead))]
    [InlineData(nameof(MisbehaviourKind.ResetAfterRead))]
    [InlineData(nameof(MisbehaviourKind.AnswerLost))]
    [InlineData(nameof(MisbehaviourKind.AnswerTruncated))]
    [InlineData(nameof(MisbehaviourKind.NoIdInAnswer))]
    public async Task Submit_AnswerIsLost_IsUnknownAndSentOnce(string kind)
    {
        Misbehave(kind);

        var lost = await Assert.ThrowsAsync<AnswerLostException>(() => _run.SubmitAsync(Remix));

        Assert.Single(_run.Arrived(Operation.Remix));
        Assert.Single(_run.Arrived(Operation.Create));
        _run.AssertDiscreet(lost);
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(nameof(MisbehaviourKind.RateLimited), FailureKind.RateLimited, true)]
    [InlineData(nameof(MisbehaviourKind.QuotaExceeded), FailureKind.Quota, false)]
    [InlineData(nameof(MisbehaviourKind.Moderated), FailureKind.Moderated, false)]
    public async Task Submit_Refused_SaysWhyAndIsSentOnce(string kind, FailureKind expected, bool isTransient)
    {
        Misbehave(kind);

        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => _run.SubmitAsync(Remix));

        Assert.Equal((expected, isTransient), (refusal.Kind, refusal.IsTransient));
        Assert.Single(_run.Arrived(Operation.Remix));
    }

    [Fact]
    [Trait("Req", "R-44")]
    public async Task Submit_SourceIsGoneThere_SaysThatAndNotThatTheModelIs()
    {
        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => _run.SubmitAsync(Remix with { RemixOf = "video_gone" }));

        Assert.Equal((FailureKind.InputRefused, false, "OpenAI no longer has the video to remix."), (refusal.Kind, refusal.IsTransient, refusal.Message));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_AnswerOfARemixWasLost_IsFoundAmongTwins()
    {
        await _run.SubmitAsync();
        Misbehave(nameof(MisbehaviourKind.AnswerLost));
        await Assert.ThrowsAsync<AnswerLostException>(() => _run.SubmitAsync(Remix));
        await _run.SubmitAsync();

        Assert.Equal(_run.Accepted[2], await _run.FindAsync(Remix));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_RemixOfSomethingElse_IsNotOurs()
    {
        await _run.SubmitAsync(Remix);

        Assert.Null(await _run.FindAsync());
        Assert.Null(await _run.FindAsync(Remix with { RemixOf = "video_other" }));
    }

    [Fact]
    public async Task Capabilities_CopiesAreDeletedThere_NothingIsLeftToRemix()
    {
        await using var deleting = await StartAsync(("DeleteStoredResults", "true"));

        Assert.Equal((true, false), (_run.Provider.Capabilities.CanRemix, deleting.Provider.Capabilities.CanRemix));
    }

    private void Misbehave(string kind) => _run.Simulator.Misbehave(_run.Dialect, Operation.Remix, Enum.Parse<MisbehaviourKind>(kind));

    private static Task<ProviderRun> StartAsync(params IEnumerable<(string Name, string Value)> settings) =>
        ProviderRun.StartAsync("openai", "openai", "Providers:OpenAI", "/v1/", settings);
}
