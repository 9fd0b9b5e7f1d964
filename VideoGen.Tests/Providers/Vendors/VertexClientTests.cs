using System.Text.Json.Nodes;

namespace VideoGen.Tests.Providers.Vendors;

/// <summary>npm package "@google/genai", as it speaks with Vertex AI.</summary>
[Trait("Req", "R-02")]
public sealed class VertexClientTests() : VendorTests("vertex", "Providers:Vertex", "v1/", "vertex")
{
    private const string Prompt = "Füchse im Schnee 🦊, \"slow\" dolly";
    private const string Model = "veo-3.1-generate-001";

    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
        [new("Providers:Vertex:AccessToken", Key), new("Providers:Vertex:ProjectId", "studio-1")];

    [Fact]
    public Task TextToVideo_SendsWhatTheVendorsClientSends() => AssertSameAsync(VendorRequest(), Request(Model, Prompt));

    [Fact]
    public Task ImageToVideo_SendsWhatTheVendorsClientSends()
    {
        var request = VendorRequest();
        request["image"] = ImagePath;
        request["config"]!["seed"] = 7;
        return AssertSameAsync(request, Request(Model, Prompt) with { Seed = 7, ReferenceImage = Image });
    }

    private static JsonObject VendorRequest() => new()
    {
        ["project"] = "studio-1",
        ["location"] = "us-central1",
        ["model"] = Model,
        ["prompt"] = Prompt,
        ["config"] = new JsonObject
        {
            ["numberOfVideos"] = 1,
            ["durationSeconds"] = 4,
            ["aspectRatio"] = "16:9",
            ["resolution"] = "720p",
            ["generateAudio"] = true,
        },
    };
}
