using System.Text.Json.Nodes;

namespace VideoGen.Tests.Providers.Vendors;

/// <summary>npm package "lumaai", for the Dream Machine. There is none for Luma's Agents API.</summary>
[Trait("Req", "R-02")]
public sealed class LumaClientTests() : VendorTests("luma", "Providers:Luma", "dream-machine/v1/", "luma")
{
    private const string Prompt = "Füchse im Schnee 🦊, \"slow\" dolly";

    [Fact]
    public Task TextToVideo_SendsWhatTheVendorsClientSends()
    {
        var ours = Request("ray-2", Prompt, seconds: 5);
        return AssertSameAsync(
            new JsonObject
            {
                ["generation_type"] = "video",
                ["model"] = "ray-2",
                ["prompt"] = Prompt,
                ["aspect_ratio"] = "16:9",
                ["resolution"] = "720p",
                ["duration"] = "5s",
                ["callback_url"] = $"https://videogen.invalid/luma/{ours.SubmitKey}",
            },
            ours);
    }
}
