using System.Security.Cryptography;
using System.Text.Json.Nodes;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;

namespace VideoGen.Tests.Providers.AzureSora;

/// <summary>What is asked of Azure's jobs API.</summary>
[Trait("Req", "R-02")]
public sealed class AzureSoraRequestTests : IAsyncLifetime
{
    private const string Jobs = "/openai/v1/video/generations/jobs";

    private ProviderRun _run = null!;

    public async ValueTask InitializeAsync() => _run = await StartAsync();

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task Submit_Text_IsJsonForOneVariant()
    {
        var id = await _run.SubmitAsync();

        var create = Assert.Single(_run.Arrived(Operation.Create));
        var expected = new JsonObject
        {
            ["model"] = "sora-2",
            ["prompt"] = ProviderRun.Prompt,
            ["width"] = 1280,
            ["height"] = 720,
            ["n_seconds"] = 8,
            ["n_variants"] = 1,
        };
        Assert.Equal(("POST", $"{Jobs}?api-version=preview"), (create.Method, create.Path));
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(create.Body!)), create.Body);
        Assert.Equal((ProviderRun.Key, "api-key"), (create.Headers["api-key"], create.CredentialHeader));
        Assert.Equal(Assert.Single(_run.Accepted), id);
    }

    [Theory]
    [InlineData("image/png", "reference.png")]
    [InlineData("image/jpeg", "reference.jpg")]
    public async Task Submit_ReferenceImage_IsTheFirstFrame(string mediaType, string fileName)
    {
        var image = RandomNumberGenerator.GetBytes(100_000);

        await _run.SubmitAsync(ProviderRun.RequestWithImage(image, mediaType));

        var create = Assert.Single(_run.Arrived(Operation.Create));
        var file = create.Parts.Single(part => part.FileName is not null);
        var items = create.Parts.Single(part => part.Name is "inpaint_items").Value!;
        var expected = JsonNode.Parse(
            $$$"""
            [{"frame_index":0,"type":"image","file_name":"{{{fileName}}}",
              "crop_bounds":{"left_fraction":0,"top_fraction":0,"right_fraction":1,"bottom_fraction":1}}]
            """);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(items)), items);
        Assert.Equal(("files", fileName, mediaType), (file.Name, file.FileName, file.ContentType));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(image)), file.Sha256);
        Assert.Equal(
            ["height=720", "model=sora-2", "n_seconds=8", "n_variants=1", $"prompt={ProviderRun.Prompt}", "width=1280"],
            create.Parts.Where(part => part.FileName is null && part.Name is not "inpaint_items").Select(part => $"{part.Name}={part.Value}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-21")]
    public async Task EachCall_Job_GoesToItsEndpoint()
    {
        var id = await _run.SubmitFinishedAsync();
        var generation = id.Replace("task_", "gen_", StringComparison.Ordinal) + "-0";

        await _run.CheckAsync(id);
        await (await _run.OpenAsync(id)).DisposeAsync();
        await _run.FindAsync();
        await _run.Provider.ReleaseAsync(id, CancellationToken.None);

        Assert.Equal(
            [
                $"POST {Jobs}?api-version=preview", $"GET {Jobs}/{id}?api-version=preview", $"GET {Jobs}/{id}?api-version=preview",
                $"GET /openai/v1/video/generations/{generation}/content/video?api-version=preview", $"GET {Jobs}?limit=20&api-version=preview",
            ],
            _run.Simulator.Ledger.Entries().Select(entry => $"{entry.Method} {entry.Path}"),
            StringComparer.Ordinal);
        Assert.All(_run.Simulator.Ledger.Entries(), entry => Assert.Equal("api-key", entry.CredentialHeader));
    }

    [Fact]
    public async Task Cancel_Running_DeletesTheJobAndMayBeSaidAgain()
    {
        var id = await _run.SubmitAsync();

        await _run.Provider.CancelAsync(id, CancellationToken.None);
        Assert.Equal(ProviderJobState.Cancelled, (await _run.CheckAsync(id)).State);
        await _run.Provider.CancelAsync(id, CancellationToken.None);
        await _run.Provider.CancelAsync(id, CancellationToken.None);

        var cancel = Assert.Single(_run.Arrived(Operation.Cancel));
        Assert.Equal(("DELETE", $"{Jobs}/{id}?api-version=preview"), (cancel.Method, cancel.Path));
    }

    [Fact]
    public async Task Cancel_JustFinished_LeavesTheVideo()
    {
        var id = await _run.SubmitFinishedAsync();

        await _run.Provider.CancelAsync(id, CancellationToken.None);

        Assert.Empty(_run.Arrived(Operation.Cancel));
        await (await _run.OpenAsync(id)).DisposeAsync();
    }

    [Fact]
    public async Task Submit_OtherSettings_AreFollowed()
    {
        await using var run = await StartAsync(("KeyHeader", "Bearer"), ("ApiVersion", "v1"));

        await run.SubmitAsync();

        var create = Assert.Single(run.Arrived(Operation.Create));
        Assert.Equal($"{Jobs}?api-version=v1", create.Path);
        Assert.Equal(($"Bearer {ProviderRun.Key}", "Authorization"), (create.Headers["Authorization"], create.CredentialHeader));
    }

    [Fact]
    public void Capabilities_AreTheApis()
    {
        var capabilities = _run.Provider.Capabilities;

        Assert.True(capabilities.CanCancel);
        Assert.Equal((SubmissionLookup.Likely, 2), (capabilities.SubmissionLookup, capabilities.MaxConcurrentJobs));
    }

    private static Task<ProviderRun> StartAsync(params IEnumerable<(string Name, string Value)> settings) =>
        ProviderRun.StartAsync("azure-sora", "azure-sora", "Providers:AzureSora", "/", settings);
}
