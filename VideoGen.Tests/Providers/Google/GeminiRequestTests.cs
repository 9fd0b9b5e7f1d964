using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Tests.Providers.Google;

/// <summary>What is sent to the Interactions API, and what comes back when all is well.</summary>
public sealed class GeminiRequestTests
{
    private const string Model = "gemini-omni-1.1-flash";

    [Fact]
    [Trait("Req", "R-05")]
    public async Task SubmitAsync_TextToVideo_SendsExactlyThis()
    {
        await using var run = await GoogleRun.StartAsync("gemini");

        await run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None);

        var create = run.Only(Operation.Create);
        Assert.Equal(("POST", "/v1beta/interactions"), (create.Method, create.Path));
        Assert.Equal(GoogleRun.Key, create.Headers["x-goog-api-key"]);
        GoogleRun.AssertBody(
            """
            { "model": "gemini-omni-1.1-flash", "input": "A fox in the snow",
              "response_format": { "type": "video", "aspect_ratio": "16:9", "duration": "4s", "resolution": "720p", "delivery": "uri" },
              "generation_config": { "video_config": { "task": "text_to_video" } }, "background": true }
            """,
            run.BodyOf(Operation.Create));
    }

    [Fact]
    [Trait("Req", "R-05")]
    public async Task SubmitAsync_ImageToVideo_SendsExactlyThis()
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        var request = GoogleRun.Request("gemini-omni-1.2-flash") with
        {
            Size = new VideoSize(1080, 1920),
            Duration = TimeSpan.FromSeconds(15),
            ReferenceImage = GoogleRun.Image([1, 2, 250]),
        };

        await run.Provider.SubmitAsync(request, CancellationToken.None);

        GoogleRun.AssertBody(
            """
            { "model": "gemini-omni-1.2-flash",
              "input": [ { "type": "text", "text": "A fox in the snow" }, { "type": "image", "data": "AQL6", "mime_type": "image/png" } ],
              "response_format": { "type": "video", "aspect_ratio": "9:16", "duration": "15s", "resolution": "1080p", "delivery": "uri" },
              "generation_config": { "video_config": { "task": "image_to_video" } }, "background": true }
            """,
            run.BodyOf(Operation.Create));
    }

    [Fact]
    [Trait("Req", "R-06")]
    public async Task OpenResultAsync_VideoAsFile_IsDownloadedWithTheKey()
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        var id = await run.SubmitFinishedAsync(GoogleRun.Request(Model));

        var job = await run.Provider.CheckAsync(id, CancellationToken.None);
        var bytes = await GoogleRun.BytesOfAsync(await run.Provider.OpenResultAsync(id, 0, CancellationToken.None));

        var download = run.Only(Operation.Content);
        Assert.Equal((ProviderJobState.Finished, 1), (job.State, job.ResultCount));
        Assert.Equal(await GoogleRun.SampleAsync(), bytes);
        Assert.Equal(($"/v1beta/files/{id}:download?alt=media", GoogleRun.Key), (download.Path, download.Headers["x-goog-api-key"]));
    }

    [Fact]
    [Trait("Req", "R-06")]
    public async Task OpenResultAsync_VideoInTheAnswer_IsTheModelsAndNotTheOneThatWasAsked()
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        var id = await run.SubmitFinishedAsync(GoogleRun.Request(Model, "A fox [google:inline]"));

        var bytes = await GoogleRun.BytesOfAsync(await run.Provider.OpenResultAsync(id, 0, CancellationToken.None));

        Assert.Equal(await GoogleRun.SampleAsync(), bytes);
        Assert.Empty(run.Ledger.Entries("gemini", Operation.Content));
    }

    [Fact]
    [Trait("Req", "R-29")]
    public async Task OpenResultAsync_RedirectedToAnotherHost_FollowsWithoutTheKey()
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        var id = await run.SubmitFinishedAsync(GoogleRun.Request(Model));
        run.Misbehave(Operation.Content, MisbehaviourKind.Redirected);

        var bytes = await GoogleRun.BytesOfAsync(await run.Provider.OpenResultAsync(id, 0, CancellationToken.None));

        Assert.Equal(await GoogleRun.SampleAsync(), bytes);
        Assert.Null(Assert.Single(run.Ledger.Entries("files")).CredentialHeader);
    }

    [Fact]
    [Trait("Req", "R-07")]
    public async Task CancelAsync_RunningJob_IsStopped()
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        var id = await run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None);

        await run.Provider.CancelAsync(id, CancellationToken.None);

        var cancel = run.Only(Operation.Cancel);
        Assert.Equal(("POST", $"/v1beta/interactions/{id}/cancel"), (cancel.Method, cancel.Path));
        Assert.Equal(ProviderJobState.Cancelled, (await run.Provider.CheckAsync(id, CancellationToken.None)).State);
    }

    [Fact]
    [Trait("Req", "R-07")]
    public async Task CancelAsync_EndedOrUnknownJob_IsQuiet()
    {
        await using var run = await GoogleRun.StartAsync("gemini");
        var id = await run.SubmitFinishedAsync(GoogleRun.Request(Model));

        await run.Provider.CancelAsync(id, CancellationToken.None);
        await run.Provider.CancelAsync("v1_nothing", CancellationToken.None);

        Assert.Equal(ProviderJobState.Finished, (await run.Provider.CheckAsync(id, CancellationToken.None)).State);
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public async Task ReleaseAsync_Job_IsDeletedWhereThatIsWanted(string isWanted, int deletes)
    {
        await using var run = await GoogleRun.StartAsync("gemini", ("Providers:Gemini:DeleteStoredResults", isWanted));
        var id = await run.SubmitFinishedAsync(GoogleRun.Request(Model));

        await run.Provider.ReleaseAsync(id, CancellationToken.None);

        Assert.Equal(deletes, run.Ledger.Count("gemini", Operation.Delete));
    }
}
