using System.Text.Json.Nodes;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Tests.Providers.Catalogued;

namespace VideoGen.Tests.Providers.Replicate;

public sealed class ReplicateVideoProviderTests : CataloguedProviderTests
{
    private protected override string ModelId => "google/veo-3.1";

    private protected override Task<CataloguedRun> StartAsync() => CataloguedRun.ReplicateAsync();

    [Fact]
    [Trait("Req", "R-02")]
    public async Task Submit_TextAndImage_SendsTheInputOfTheModel()
    {
        var id = await Run.SubmitAsync(Request() with { Seed = 7, ReferenceImage = CataloguedRun.Image(1, 2, 3), Size = new VideoSize(1080, 1920) });

        var input = Veo31Input();
        input["aspect_ratio"] = "9:16";
        input["resolution"] = "1080p";
        input["seed"] = 7;
        input["image"] = "data:image/png;base64,AQID";
        var create = Run.AssertCreated("/v1/models/google/veo-3.1/predictions", new JsonObject { ["input"] = input });
        Assert.Equal($"Bearer {CataloguedRun.Key}", create.Headers["Authorization"]);
        Assert.DoesNotContain("Prefer", create.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(create.Outcome!.JobId, id);
    }

    [Fact]
    [Trait("Req", "R-02")]
    public async Task Submit_CertainVersion_NamesItInTheBody()
    {
        var model = CataloguedRun.Model("replicate", "acme/clouds:5c7d", """{ "prompt": "{prompt}" }""");
        await using var run = await CataloguedRun.ReplicateAsync(model);

        await run.SubmitAsync(CataloguedRun.Request(model.Id));

        run.AssertCreated("/v1/predictions", new JsonObject { ["version"] = "5c7d", ["input"] = new JsonObject { ["prompt"] = CataloguedRun.Prompt } });
    }

    [Fact]
    [Trait("Req", "R-12")]
    public async Task Submit_CallbackSet_NamesItWithTheAttempt()
    {
        await using var run = await CataloguedRun.ReplicateAsync(publicAddress: "https://studio.example/");

        await run.SubmitAsync(Request());

        run.AssertCreated("/v1/models/google/veo-3.1/predictions", new JsonObject
        {
            ["input"] = Veo31Input(),
            ["webhook"] = run.Callbacks.Of("replicate", "attempt-1")!.AbsoluteUri,
            ["webhook_events_filter"] = new JsonArray("completed"),
        });
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(nameof(Operation.Create))]
    [InlineData(nameof(Operation.Check))]
    public async Task EachCall_ThrottledWithoutHeader_WaitsAsTheTextSays(string operation)
    {
        var id = await Run.SubmitAsync(Request());
        Misbehave(Enum.Parse<Operation>(operation), nameof(MisbehaviourKind.RateLimited));

        var told = await Assert.ThrowsAsync<VideoProviderException>(() =>
            operation is nameof(Operation.Check) ? Run.CheckAsync(id) : Run.SubmitAsync(Request()));

        Assert.Equal((FailureKind.RateLimited, TimeSpan.FromSeconds(30)), (told.Kind, told.RetryAfter));
    }

    [Fact]
    [Trait("Req", "R-44")]
    public async Task Check_ThrottledWithHeader_WaitsAsTheHeaderSays()
    {
        var id = await Run.SubmitAsync(Request());
        Run.Simulator.Misbehave(new MisbehaviourRule { Kind = MisbehaviourKind.RateLimited, Operation = Operation.Check, RetryAfter = RetryAfter.Seconds });

        var told = await Assert.ThrowsAsync<VideoProviderException>(() => Run.CheckAsync(id));

        Assert.Equal(TimeSpan.FromSeconds(2), told.RetryAfter);
    }

    [Fact]
    [Trait("Req", "R-11")]
    public async Task Check_ThroughItsLife_WaitsRunsFinishesAndIsLost()
    {
        var id = await Run.SubmitAsync(Request());
        var waiting = await Run.CheckAsync(id);
        Run.Clock.Advance(CataloguedRun.GenerationTime / 2);
        var running = await Run.CheckAsync(id);
        Run.Clock.Advance(CataloguedRun.GenerationTime / 2);
        var finished = await Run.CheckAsync(id);
        Run.Clock.Advance(TimeSpan.FromHours(1));
        var removed = await Run.CheckAsync(id);
        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => Run.OpenAsync(id));

        Assert.Equal((ProviderJobState.Waiting, "starting"), (waiting.State, waiting.RawStatus));
        Assert.Equal((ProviderJobState.Running, "processing"), (running.State, running.RawStatus));
        Assert.Equal((ProviderJobState.Finished, "succeeded", 1), (finished.State, finished.RawStatus, finished.ResultCount));
        Assert.Equal((ProviderJobState.Failed, FailureKind.LostAtProvider), (removed.State, removed.Failure!.Kind));
        Assert.Equal((FailureKind.LostAtProvider, false), (refusal.Kind, refusal.IsTransient));
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(nameof(MisbehaviourKind.Moderated), "", FailureKind.Moderated, "failed")]
    [InlineData(nameof(MisbehaviourKind.Failed), "", FailureKind.ProviderError, "failed")]
    [InlineData(nameof(MisbehaviourKind.Failed), " [replicate:aborted]", FailureKind.ProviderError, "aborted")]
    public async Task Check_EndedWithoutVideo_SaysWhy(string kind, string inPrompt, FailureKind expected, string word)
    {
        var id = await Run.SubmitAsync(Request() with { Prompt = CataloguedRun.Prompt + inPrompt });
        Misbehave(Operation.Check, kind);
        Run.Clock.Advance(CataloguedRun.GenerationTime);

        var job = await Run.CheckAsync(id);

        Assert.Equal((ProviderJobState.Failed, word, expected), (job.State, job.RawStatus, job.Failure!.Kind));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_AnswerLost_IsFoundAmongPages()
    {
        await Run.SubmitAsync(Request() with { ModelId = "google/veo-3.1-fast" });
        Misbehave(Operation.Create, nameof(MisbehaviourKind.AnswerLost));
        await Assert.ThrowsAnyAsync<Exception>(() => Run.SubmitAsync(Request()));
        var lost = Run.Simulator.Jobs.Of("replicate")[1].Id;
        for (var later = 0; later < 4; later++)
        {
            await Run.SubmitAsync(Request() with { Prompt = $"Another one, the {later}th" });
        }

        var found = await FindAsync(Run.Clock.Now);

        Assert.Equal((SubmissionLookup.Likely, lost), (Run.Provider.Capabilities.SubmissionLookup, found));
        Assert.Equal(["/v1/predictions", "/v1/predictions?cursor=3"], Run.Arrived(Operation.List).Select(entry => entry.Path), StringComparer.Ordinal);
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData(-121, false)]
    [InlineData(-119, true)]
    [InlineData(599, true)]
    [InlineData(601, false)]
    public async Task FindSubmission_AroundItsTime_OnlyWithinTheWindow(int createdAfterIntent, bool isFound)
    {
        await Run.SubmitAsync(Request());

        var found = await FindAsync(Run.Clock.Now - TimeSpan.FromSeconds(createdAfterIntent));

        Assert.Equal(isFound, found is not null);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_JobOfAnother_IsLeftToIt()
    {
        var ours = await Run.SubmitAsync(Request());
        var lost = await Run.SubmitAsync(Request());

        Assert.Equal(lost, await FindAsync(Run.Clock.Now, ours));
        Assert.Null(await FindAsync(Run.Clock.Now, ours, lost));
    }

    private Task<string?> FindAsync(DateTimeOffset intentAt, params string[] ours) => Run.Provider.FindSubmissionAsync(
        new SubmissionTrace("attempt-1", intentAt, Request(), (id, _) => Task.FromResult(ours.Contains(id, StringComparer.Ordinal))), CancellationToken.None);

    private static JsonObject Veo31Input() => new()
    {
        ["prompt"] = CataloguedRun.Prompt,
        ["duration"] = 8,
        ["aspect_ratio"] = "16:9",
        ["resolution"] = "720p",
        ["generate_audio"] = true,
    };
}
