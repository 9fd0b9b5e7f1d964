using System.Text.Json.Nodes;

namespace VideoGen.Tests.Providers.Vendors;

/// <summary>npm package "replicate".</summary>
[Trait("Req", "R-02")]
public sealed class ReplicateClientTests() : VendorTests("replicate", "Providers:Replicate", "v1/", "replicate")
{
    private const string Prompt = "Füchse im Schnee 🦊, \"slow\" dolly";

    [Fact]
    public Task TextToVideo_SendsWhatTheVendorsClientSends() => AssertSameAsync(
        new JsonObject { ["model"] = "google/veo-3.1", ["input"] = Input() },
        Request("google/veo-3.1", Prompt));

    [Fact]
    public async Task ImageToVideo_SendsWhatTheVendorsClientSends()
    {
        var input = Input();
        input["seed"] = 7;
        input["image"] = $"data:image/png;base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(ImagePath))}";
        await AssertSameAsync(
            new JsonObject { ["model"] = "google/veo-3.1", ["input"] = input },
            Request("google/veo-3.1", Prompt) with { Seed = 7, ReferenceImage = Image });
    }

    private static JsonObject Input() => new()
    {
        ["prompt"] = Prompt,
        ["duration"] = 4,
        ["aspect_ratio"] = "16:9",
        ["resolution"] = "720p",
        ["generate_audio"] = true,
    };
}
