using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Google;

/// <summary>What goes wrong at Vertex AI, in our words, and that a submission is sent once.</summary>
public sealed class VertexFailureTests
{
    private const string Model = "veo-3.1-fast-generate-001";

    [Theory]
    [Trait("Req", "R-15")]
    [InlineData("[google:ends-as 3]", FailureKind.InputRefused)]
    [InlineData("[google:ends-as 7]", FailureKind.Credentials)]
    [InlineData("[google:ends-as 8]", FailureKind.RateLimited)]
    [InlineData("[google:ends-as 13]", FailureKind.ProviderError)]
    [InlineData("[google:ends-as 14]", FailureKind.ProviderDown)]
    [InlineData("[google:ends-as 16]", FailureKind.Credentials)]
    [InlineData("[sim:failed]", FailureKind.ProviderError)]
    [InlineData("[sim:moderated@check]", FailureKind.Moderated)]
    public async Task CheckAsync_JobThatFailed_SaysWhy(string prompt, FailureKind kind)
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        var id = await run.Provider.SubmitAsync(GoogleRun.Request(Model, prompt), CancellationToken.None);
        await run.Provider.CheckAsync(id, CancellationToken.None);
        run.Clock.Advance(GoogleRun.GenerationTime);

        var job = await run.Provider.CheckAsync(id, CancellationToken.None);

        Assert.Equal((ProviderJobState.Failed, kind), (job.State, job.Failure!.Kind));
        Assert.NotEmpty(job.Failure.Detail!);
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData(nameof(MisbehaviourKind.RateLimited), FailureKind.RateLimited, true)]
    [InlineData(nameof(MisbehaviourKind.QuotaExceeded), FailureKind.Quota, false)]
    [InlineData(nameof(MisbehaviourKind.Unauthorized), FailureKind.Credentials, false)]
    [InlineData(nameof(MisbehaviourKind.Moderated), FailureKind.InputRefused, false)]
    public async Task SubmitAsync_Refused_SaysWhyAndAsksOnce(string misbehaviour, FailureKind kind, bool isTransient)
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        run.Misbehave(Operation.Create, Enum.Parse<MisbehaviourKind>(misbehaviour));

        var exception = await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None));

        Assert.Equal((kind, isTransient), (exception.Kind, exception.IsTransient));
        run.Only(Operation.Create);
        GoogleRun.AssertNoKeyIn(exception);
    }

    [Fact]
    public async Task SubmitAsync_RateLimited_WaitsAsLongAsTheBodySays()
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        run.Misbehave(Operation.Create, MisbehaviourKind.RateLimited);

        var exception = await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None));

        Assert.Equal(TimeSpan.FromSeconds(30), exception.RetryAfter);
    }

    [Fact]
    public async Task SubmitAsync_UnknownModel_IsRetired()
    {
        await using var run = await GoogleRun.StartAsync("vertex");

        var exception = await Assert.ThrowsAsync<VideoProviderException>(
            () => run.Provider.SubmitAsync(GoogleRun.Request("veo-2.0-generate-001"), CancellationToken.None));

        Assert.Equal((FailureKind.RetiredModel, false), (exception.Kind, exception.IsTransient));
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData(nameof(MisbehaviourKind.ServerError))]
    [InlineData(nameof(MisbehaviourKind.Unavailable))]
    [InlineData(nameof(MisbehaviourKind.ResetAfterRead))]
    [InlineData(nameof(MisbehaviourKind.AnswerLost))]
    [InlineData(nameof(MisbehaviourKind.AnswerTruncated))]
    [InlineData(nameof(MisbehaviourKind.AnswerNotJson))]
    [InlineData(nameof(MisbehaviourKind.NoIdInAnswer))]
    public async Task SubmitAsync_AnswerLost_IsNotSentAgain(string misbehaviour)
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        run.Misbehave(Operation.Create, Enum.Parse<MisbehaviourKind>(misbehaviour));

        var exception = await Assert.ThrowsAsync<AnswerLostException>(() => run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None));

        run.Only(Operation.Create);
        GoogleRun.AssertNoKeyIn(exception);
    }

    [Theory]
    [InlineData(nameof(MisbehaviourKind.RateLimited), FailureKind.RateLimited)]
    [InlineData(nameof(MisbehaviourKind.ServerError), FailureKind.ProviderDown)]
    [InlineData(nameof(MisbehaviourKind.Unauthorized), FailureKind.Credentials)]
    [InlineData(nameof(MisbehaviourKind.AnswerTruncated), FailureKind.ProviderDown)]
    [InlineData(nameof(MisbehaviourKind.AnswerNotJson), FailureKind.ProviderDown)]
    public async Task CheckAsync_TroubleThatMayPass_IsTransient(string misbehaviour, FailureKind kind)
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        var id = await run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None);
        run.Misbehave(Operation.Check, Enum.Parse<MisbehaviourKind>(misbehaviour));

        var exception = await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.CheckAsync(id, CancellationToken.None));

        Assert.Equal((kind, true), (exception.Kind, exception.IsTransient));
    }

    [Fact]
    public async Task CheckAsync_JobThatIsGone_IsLost()
    {
        await using var run = await GoogleRun.StartAsync("vertex");

        var exception = await Assert.ThrowsAsync<VideoProviderException>(
            () => run.Provider.CheckAsync($"projects/p/locations/l/publishers/google/models/{Model}/operations/1", CancellationToken.None));

        Assert.Equal((FailureKind.LostAtProvider, false), (exception.Kind, exception.IsTransient));
    }

    [Theory]
    [Trait("Req", "R-29")]
    [InlineData("//elsewhere.example/models/m/operations/1")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("projects/p/locations/l/publishers/google/models/m/../../operations/1")]
    public async Task CheckAsync_NameThatIsNoOperation_AsksNobody(string id)
    {
        await using var run = await GoogleRun.StartAsync("vertex");

        await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.CheckAsync(id, CancellationToken.None));

        Assert.Empty(run.Ledger.Entries());
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task OpenResultAsync_StorageHasItNotYet_IsMissing()
    {
        await using var run = await GoogleRun.StartAsync("vertex", ("Providers:Vertex:StorageUri", "gs://bucket"));
        var id = await run.SubmitFinishedAsync(GoogleRun.Request(Model));
        run.Misbehave(Operation.Content, MisbehaviourKind.ResultNotReady, "google-storage");

        var exception = await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.OpenResultAsync(id, 0, CancellationToken.None));

        Assert.True(exception is { IsResultMissing: true, IsTransient: true });
    }
}
