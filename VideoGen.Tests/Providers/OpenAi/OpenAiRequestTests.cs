using System.Security.Cryptography;
using System.Text.Json.Nodes;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;

namespace VideoGen.Tests.Providers.OpenAi;

/// <summary>What is asked of a service that speaks the dialect.</summary>
[Trait("Req", "R-02")]
public sealed class OpenAiRequestTests : IAsyncLifetime
{
    private ProviderRun _run = null!;

    public async ValueTask InitializeAsync() => _run = await StartAsync();

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task Submit_Text_IsJsonWithSecondsAsText()
    {
        var id = await _run.SubmitAsync();

        var create = Assert.Single(_run.Arrived(Operation.Create));
        var expected = new JsonObject { ["prompt"] = ProviderRun.Prompt, ["model"] = "sora-2", ["seconds"] = "8", ["size"] = "1280x720" };
        Assert.Equal(("POST", "/v1/videos"), (create.Method, create.Path));
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(create.Body!)), create.Body);
        Assert.StartsWith("application/json", create.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal($"Bearer {ProviderRun.Key}", create.Headers["Authorization"]);
        Assert.Equal(Assert.Single(_run.Accepted), id);
    }

    [Theory]
    [InlineData("image/png", "reference.png")]
    [InlineData("image/jpeg", "reference.jpg")]
    public async Task Submit_ReferenceImage_IsAFormWithTheFile(string mediaType, string fileName)
    {
        var image = RandomNumberGenerator.GetBytes(100_000);

        await _run.SubmitAsync(ProviderRun.RequestWithImage(image, mediaType));

        var create = Assert.Single(_run.Arrived(Operation.Create));
        var file = create.Parts.Single(part => part.FileName is not null);
        Assert.Equal(
            ["model=sora-2", $"prompt={ProviderRun.Prompt}", "seconds=8", "size=1280x720"],
            create.Parts.Where(part => part.FileName is null).Select(part => $"{part.Name}={part.Value}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal(("input_reference", fileName, mediaType), (file.Name, file.FileName, file.ContentType));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(image)), file.Sha256);
        Assert.Equal($"Bearer {ProviderRun.Key}", create.Headers["Authorization"]);
    }

    [Fact]
    public async Task Submit_SeedAndFrameRate_AreNotKnownToTheDialect()
    {
        await _run.SubmitAsync(ProviderRun.Request() with { Seed = 7, FrameRate = 24 });

        Assert.Equal(["model", "prompt", "seconds", "size"], FieldsOf(Assert.Single(_run.Arrived(Operation.Create)).Body!), StringComparer.Ordinal);
    }

    [Fact]
    public async Task EachCall_Job_GoesToItsEndpoint()
    {
        var id = await _run.SubmitFinishedAsync();

        await _run.CheckAsync(id);
        await (await _run.OpenAsync(id)).DisposeAsync();
        await _run.FindAsync();
        await _run.Provider.CancelAsync(id, CancellationToken.None);
        await _run.Provider.ReleaseAsync(id, CancellationToken.None);

        Assert.Equal(
            ["POST /v1/videos", $"GET /v1/videos/{id}", $"GET /v1/videos/{id}/content", "GET /v1/videos?limit=100&order=desc"],
            _run.Simulator.Ledger.Entries().Select(entry => $"{entry.Method} {entry.Path}"),
            StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-13")]
    public async Task Check_Running_TellsProgressAsAShare()
    {
        var id = await _run.SubmitAsync();
        _run.Clock.Advance(ProviderRun.GenerationTime * 0.55);

        Assert.Equal(0.5, (await _run.CheckAsync(id)).Progress);
    }

    [Fact]
    public async Task Release_StoredResultsAreDeleted_DeletesTheProvidersCopy()
    {
        await using var run = await StartAsync(("DeleteStoredResults", "true"));
        var id = await run.SubmitFinishedAsync();

        await run.Provider.ReleaseAsync(id, CancellationToken.None);
        await run.Provider.ReleaseAsync(id, CancellationToken.None);

        Assert.Equal(2, run.Arrived(Operation.Delete).Count);
        Assert.Empty(run.Accepted);
    }

    [Fact]
    public void Capabilities_Preset_AreTheDialects()
    {
        var capabilities = _run.Provider.Capabilities;

        Assert.False(capabilities.CanCancel);
        Assert.Equal((SubmissionLookup.Likely, 5, TimeSpan.FromSeconds(10)), (capabilities.SubmissionLookup, capabilities.MaxConcurrentJobs, capabilities.PollInterval));
        Assert.Equal(new Uri(_run.Simulator.AddressOf("openai"), "/v1/").AbsoluteUri, capabilities.Address);
    }

    private static IEnumerable<string> FieldsOf(string json) => JsonNode.Parse(json)!.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal);

    private static Task<ProviderRun> StartAsync(params IEnumerable<(string Name, string Value)> settings) =>
        ProviderRun.StartAsync("openai", "openai", "Providers:OpenAI", "/v1/", settings);
}
