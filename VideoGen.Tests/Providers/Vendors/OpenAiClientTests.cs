using System.Text.Json.Nodes;
using VideoGen.Simulator;
using VideoGen.Simulator.Bookkeeping;

namespace VideoGen.Tests.Providers.Vendors;

/// <summary>npm package "openai".</summary>
[Trait("Req", "R-02")]
public sealed class OpenAiClientTests() : VendorTests("openai", "Providers:OpenAI", "v1/", "openai")
{
    private const string Prompt = "Füchse im Schnee 🦊, \"slow\" dolly";

    [Fact]
    public Task TextToVideo_SendsWhatTheVendorsClientSends() => AssertSameAsync(
        new JsonObject { ["model"] = "sora-2", ["prompt"] = Prompt, ["seconds"] = "8", ["size"] = "1280x720" },
        Request("sora-2", Prompt, seconds: 8));

    [Fact]
    public Task ImageToVideo_SendsWhatTheVendorsClientSends() => AssertSameAsync(
        new JsonObject { ["model"] = "sora-2-pro", ["prompt"] = Prompt, ["seconds"] = "4", ["size"] = "1280x720", ["image"] = ImagePath },
        Request("sora-2-pro", Prompt) with { ReferenceImage = Image });

    [Fact]
    public Task Remix_SendsWhatTheVendorsClientSends() => AssertSameAsync(
        Operation.Remix,
        new JsonObject { ["model"] = "sora-2", ["prompt"] = "A fox", ["seconds"] = "4", ["size"] = "1280x720", ["remix"] = Prompt },
        () => Request("sora-2", Prompt) with { RemixOf = Simulator.Jobs.Of("openai")[0].Id });

    // The client sends a form always, the API takes JSON as well, and not every gateway takes a form without a file.
    private protected override SentRequest Normalize(LedgerEntry entry) => SentRequest.WithFieldsAsJson(entry);
}
