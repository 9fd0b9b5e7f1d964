using System.Text.Json.Nodes;

namespace VideoGen.Tests.Providers.Vendors;

/// <summary>npm package "@google/genai", as it speaks with the Interactions API.</summary>
[Trait("Req", "R-02")]
public sealed class GeminiClientTests() : VendorTests("gemini", "Providers:Gemini", "v1beta/", "gemini")
{
    private const string Prompt = "Füchse im Schnee 🦊, \"slow\" dolly";
    private const string Model = "gemini-omni-1.1-flash";

    [Fact]
    public Task TextToVideo_SendsWhatTheVendorsClientSends() => AssertSameAsync(VendorRequest(JsonValue.Create(Prompt), "text_to_video"), Request(Model, Prompt));

    [Fact]
    public Task ImageToVideo_SendsWhatTheVendorsClientSends()
    {
        var request = VendorRequest(new JsonArray(new JsonObject { ["type"] = "text", ["text"] = Prompt }), "image_to_video");
        request["image"] = ImagePath;
        return AssertSameAsync(request, Request(Model, Prompt) with { ReferenceImage = Image });
    }

    private static JsonObject VendorRequest(JsonNode input, string task) => new()
    {
        ["model"] = Model,
        ["input"] = input,
        ["response_format"] = new JsonObject
        {
            ["type"] = "video",
            ["aspect_ratio"] = "16:9",
            ["duration"] = "4s",
            ["resolution"] = "720p",
            ["delivery"] = "uri",
        },
        ["generation_config"] = new JsonObject { ["video_config"] = new JsonObject { ["task"] = task } },
        ["background"] = true,
    };
}
