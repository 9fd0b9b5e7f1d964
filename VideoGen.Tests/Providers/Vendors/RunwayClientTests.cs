using System.Text.Json.Nodes;

namespace VideoGen.Tests.Providers.Vendors;

/// <summary>npm package "@runwayml/sdk".</summary>
[Trait("Req", "R-02")]
public sealed class RunwayClientTests() : VendorTests("runway", "Providers:Runway", "v1/", "runway")
{
    private const string Prompt = "Füchse im Schnee 🦊, \"slow\" dolly";

    [Fact]
    public Task TextToVideo_SendsWhatTheVendorsClientSends() => AssertSameAsync(
        new JsonObject { ["model"] = "gen4.5", ["promptText"] = Prompt, ["ratio"] = "1280:720", ["duration"] = 5 },
        Request("gen4.5", Prompt, seconds: 5));

    [Fact]
    public Task ImageToVideo_SendsWhatTheVendorsClientSends() => AssertSameAsync(
        new JsonObject { ["model"] = "gen4.5", ["promptText"] = Prompt, ["ratio"] = "720:1280", ["duration"] = 5, ["seed"] = 7, ["image"] = ImagePath },
        Request("gen4.5", Prompt, seconds: 5, width: 720, height: 1280) with { Seed = 7, ReferenceImage = Image });
}
