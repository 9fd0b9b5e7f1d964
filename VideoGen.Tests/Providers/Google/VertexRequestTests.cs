using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;

namespace VideoGen.Tests.Providers.Google;

/// <summary>What is sent to Vertex AI, and what comes back when all is well.</summary>
public sealed class VertexRequestTests
{
    private const string Model = "veo-3.1-generate-001";
    private const string Bucket = "gs://studio-results/videos/";

    [Fact]
    [Trait("Req", "R-05")]
    public async Task SubmitAsync_TextToVideo_SendsExactlyThis()
    {
        await using var run = await GoogleRun.StartAsync("vertex");

        var id = await run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None);

        var create = run.Only(Operation.Create);
        Assert.Equal("POST", create.Method);
        Assert.Equal($"/v1/projects/my-project/locations/us-central1/publishers/google/models/{Model}:predictLongRunning", create.Path);
        Assert.Equal($"Bearer {GoogleRun.Key}", create.Headers["Authorization"]);
        Assert.StartsWith($"projects/my-project/locations/us-central1/publishers/google/models/{Model}/operations/", id, StringComparison.Ordinal);
        GoogleRun.AssertBody(
            """
            { "instances": [ { "prompt": "A fox in the snow" } ],
              "parameters": { "sampleCount": 1, "durationSeconds": 4, "aspectRatio": "16:9", "resolution": "720p", "generateAudio": true } }
            """,
            run.BodyOf(Operation.Create));
    }

    [Fact]
    [Trait("Req", "R-05")]
    public async Task SubmitAsync_EverythingGiven_SendsExactlyThis()
    {
        await using var run = await GoogleRun.StartAsync(
            "vertex", ("Providers:Vertex:GenerateAudio", "false"), ("Providers:Vertex:StorageUri", "gs://studio-results/videos"));
        var request = GoogleRun.Request(Model) with
        {
            Size = new VideoSize(2160, 3840),
            Duration = TimeSpan.FromSeconds(8),
            Seed = 42,
            ReferenceImage = GoogleRun.Image([1, 2, 250]),
        };

        await run.Provider.SubmitAsync(request, CancellationToken.None);

        GoogleRun.AssertBody(
            """
            { "instances": [ { "prompt": "A fox in the snow", "image": { "bytesBase64Encoded": "AQL6", "mimeType": "image/png" } } ],
              "parameters": { "sampleCount": 1, "durationSeconds": 8, "aspectRatio": "9:16", "resolution": "4k", "generateAudio": false, "seed": 42,
                "storageUri": "gs://studio-results/videos/key-1/" } }
            """,
            run.BodyOf(Operation.Create));
    }

    [Fact]
    [Trait("Req", "R-05")]
    public async Task CheckAsync_Job_IsAskedByTheNameOfItsOperation()
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        var id = await run.Provider.SubmitAsync(GoogleRun.Request(Model), CancellationToken.None);

        var job = await run.Provider.CheckAsync(id, CancellationToken.None);

        Assert.Equal((ProviderJobState.Running, "running"), (job.State, job.RawStatus));
        Assert.Equal($"/v1/projects/my-project/locations/us-central1/publishers/google/models/{Model}:fetchPredictOperation", run.Only(Operation.Check).Path);
        GoogleRun.AssertBody($$"""{ "operationName": "{{id}}" }""", run.BodyOf(Operation.Check));
    }

    [Fact]
    [Trait("Req", "R-06")]
    public async Task OpenResultAsync_VideoInTheAnswer_IsWhole()
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        var id = await run.SubmitFinishedAsync(GoogleRun.Request(Model));

        var job = await run.Provider.CheckAsync(id, CancellationToken.None);
        var bytes = await GoogleRun.BytesOfAsync(await run.Provider.OpenResultAsync(id, 0, CancellationToken.None));

        Assert.Equal((ProviderJobState.Finished, 1), (job.State, job.ResultCount));
        Assert.Equal(await GoogleRun.SampleAsync(), bytes);
    }

    [Fact]
    [Trait("Req", "R-06")]
    public async Task OpenResultAsync_VideoInABucket_ComesFromTheStorageWithTheToken()
    {
        await using var run = await GoogleRun.StartAsync("vertex", ("Providers:Vertex:StorageUri", Bucket));
        var id = await run.SubmitFinishedAsync(GoogleRun.Request(Model));

        var bytes = await GoogleRun.BytesOfAsync(await run.Provider.OpenResultAsync(id, 0, CancellationToken.None));

        var download = Assert.Single(run.Ledger.Entries("google-storage"));
        Assert.Equal(await GoogleRun.SampleAsync(), bytes);
        Assert.StartsWith("/storage/v1/b/studio-results/o/videos%2Fkey-1%2F", download.Path, StringComparison.Ordinal);
        Assert.EndsWith("?alt=media", download.Path, StringComparison.Ordinal);
        Assert.Equal($"Bearer {GoogleRun.Key}", download.Headers["Authorization"]);
    }

    [Fact]
    public async Task OpenResultAsync_NoSuchVideo_IsMissing()
    {
        await using var run = await GoogleRun.StartAsync("vertex");
        var id = await run.SubmitFinishedAsync(GoogleRun.Request(Model));

        var exception = await Assert.ThrowsAsync<VideoProviderException>(() => run.Provider.OpenResultAsync(id, 1, CancellationToken.None));

        Assert.True(exception.IsResultMissing);
    }

    [Fact]
    public async Task Capabilities_Always_SayThatNothingIsFoundOrStopped()
    {
        await using var run = await GoogleRun.StartAsync("vertex", ("Providers:Vertex:StorageUri", Bucket));

        Assert.Equal("vertex", run.Provider.Id);
        Assert.Equal((SubmissionLookup.None, false), (run.Provider.Capabilities.SubmissionLookup, run.Provider.Capabilities.CanCancel));
    }
}
