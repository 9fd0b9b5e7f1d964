using System.Text.Json.Nodes;

namespace VideoGen.Tests.Providers.Vendors;

/// <summary>npm package "@fal-ai/client".</summary>
[Trait("Req", "R-02")]
public sealed class FalClientTests() : VendorTests("fal", "Providers:Fal", "", "fal")
{
    private const string Prompt = "Füchse im Schnee 🦊, \"slow\" dolly";

    [Fact]
    public Task TextToVideo_SendsWhatTheVendorsClientSends() => AssertSameAsync(
        new JsonObject { ["endpoint"] = "fal-ai/veo3.1", ["input"] = Input() },
        Request("fal-ai/veo3.1", Prompt));

    [Fact]
    public async Task ImageToVideo_SendsWhatTheVendorsClientSends()
    {
        var input = Input();
        input["seed"] = 7;
        input["image_url"] = $"data:image/png;base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(ImagePath))}";
        await AssertSameAsync(
            new JsonObject { ["endpoint"] = "fal-ai/veo3.1/image-to-video", ["input"] = input },
            Request("fal-ai/veo3.1", Prompt) with { Seed = 7, ReferenceImage = Image });
    }

    private static JsonObject Input() => new()
    {
        ["prompt"] = Prompt,
        ["duration"] = "4s",
        ["aspect_ratio"] = "16:9",
        ["resolution"] = "720p",
        ["generate_audio"] = true,
    };
}
