using System.Text.Json.Nodes;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Tests.Providers.Catalogued;

namespace VideoGen.Tests.Providers.Fal;

public sealed class FalVideoProviderTests : CataloguedProviderTests
{
    private protected override string ModelId => "fal-ai/veo3.1";

    private protected override Task<CataloguedRun> StartAsync() => CataloguedRun.FalAsync();

    [Fact]
    [Trait("Req", "R-02")]
    public async Task Submit_Text_SendsTheInputOfTheModel()
    {
        var id = await Run.SubmitAsync(Request() with { Seed = 7 });

        var create = Run.AssertCreated("/fal-ai/veo3.1", Veo31Input(seed: 7));
        Assert.Equal($"Key {CataloguedRun.Key}", create.Headers["Authorization"]);
        Assert.DoesNotContain(create.Headers.Keys, header => header.StartsWith("X-Fal-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal($"fal-ai/veo3.1|{create.Outcome!.JobId}", id);
    }

    [Fact]
    [Trait("Req", "R-02")]
    public async Task Submit_Image_GoesToTheEndpointForImages()
    {
        var portrait = Request() with { ReferenceImage = CataloguedRun.Image(1, 2, 3), Size = new VideoSize(1080, 1920), Duration = TimeSpan.FromSeconds(4) };

        var id = await Run.SubmitAsync(portrait);

        var expected = Veo31Input(seed: null);
        expected["image_url"] = "data:image/png;base64,AQID";
        expected["duration"] = "4s";
        expected["aspect_ratio"] = "9:16";
        expected["resolution"] = "1080p";
        var create = Run.AssertCreated("/fal-ai/veo3.1/image-to-video", expected);
        Assert.Equal($"fal-ai/veo3.1|{create.Outcome!.JobId}", id);
    }

    [Fact]
    [Trait("Req", "R-12")]
    public async Task Submit_CallbackSet_NamesItWithTheAttempt()
    {
        await using var run = await CataloguedRun.FalAsync(publicAddress: "https://studio.example/");

        await run.SubmitAsync(Request());

        run.AssertCreated($"/fal-ai/veo3.1?fal_webhook={Uri.EscapeDataString(run.Callbacks.Of("fal", "attempt-1")!.AbsoluteUri)}", Veo31Input(seed: null));
    }

    [Fact]
    [Trait("Req", "R-11")]
    public async Task Check_ThroughItsLife_WaitsRunsAndFinishes()
    {
        await Run.SubmitAsync(Request());
        var id = await Run.SubmitAsync(Request());
        var waiting = await Run.CheckAsync(id);
        Run.Clock.Advance(CataloguedRun.GenerationTime / 2);
        var running = await Run.CheckAsync(id);
        Run.Clock.Advance(CataloguedRun.GenerationTime / 2);
        var finished = await Run.CheckAsync(id);

        Assert.Equal((ProviderJobState.Waiting, "IN_QUEUE, 2nd"), (waiting.State, waiting.RawStatus));
        Assert.Equal((ProviderJobState.Running, "IN_PROGRESS"), (running.State, running.RawStatus));
        Assert.Equal((ProviderJobState.Finished, "COMPLETED", 1), (finished.State, finished.RawStatus, finished.ResultCount));
        Assert.Equal($"/fal-ai/veo3.1/requests/{id.Split('|')[1]}", Run.Arrived(Operation.Check)[^1].Path);
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(nameof(MisbehaviourKind.Moderated), FailureKind.Moderated)]
    [InlineData(nameof(MisbehaviourKind.Failed), FailureKind.ProviderDown)]
    public async Task Check_CompletedWithAnError_HasFailed(string kind, FailureKind expected)
    {
        var id = await Run.SubmitAsync(Request());
        Misbehave(Operation.Check, kind);
        Run.Clock.Advance(CataloguedRun.GenerationTime);

        var job = await Run.CheckAsync(id);

        Assert.Equal((ProviderJobState.Failed, "COMPLETED", expected), (job.State, job.RawStatus, job.Failure!.Kind));
        Assert.DoesNotContain("bonjour", job.Failure.Message + job.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-20")]
    public async Task OpenResult_SeveralVideos_OpensEach()
    {
        var model = CataloguedRun.Model("fal", "acme/twins/v2/text", """{ "prompt": "{prompt}", "num_videos": 2 }""");
        await using var run = await CataloguedRun.FalAsync(model);
        var id = await run.SubmitAsync(CataloguedRun.Request(model.Id));
        run.Clock.Advance(CataloguedRun.GenerationTime);

        var job = await run.CheckAsync(id);
        await using var second = await run.OpenAsync(id, 1);

        Assert.StartsWith("acme/twins|", id, StringComparison.Ordinal);
        Assert.Equal((ProviderJobState.Finished, 2), (job.State, job.ResultCount));
        Assert.True(second.Length > 0);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_AnyTrace_FindsNothingAndSaysSo()
    {
        await Run.SubmitAsync(Request());

        var found = await Run.Provider.FindSubmissionAsync(
            new SubmissionTrace("attempt-1", Run.Clock.Now, Request(), static (_, _) => Task.FromResult(false)), CancellationToken.None);

        Assert.Equal((SubmissionLookup.None, null), (Run.Provider.Capabilities.SubmissionLookup, found));
    }

    private static JsonObject Veo31Input(long? seed)
    {
        var input = new JsonObject
        {
            ["prompt"] = CataloguedRun.Prompt,
            ["duration"] = "8s",
            ["aspect_ratio"] = "16:9",
            ["resolution"] = "720p",
            ["generate_audio"] = true,
        };
        if (seed is { } number)
        {
            input["seed"] = number;
        }

        return input;
    }
}
