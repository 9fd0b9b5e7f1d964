using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;

namespace VideoGen.Tests.Models;

[Trait("Req", "R-02")]
public sealed class ModelInputTests
{
    private static readonly VideoRequest Whole = new()
    {
        SubmitKey = "attempt-1",
        ModelId = "m",
        Prompt = "A {prompt} in braces",
        Size = new VideoSize(720, 1280),
        Duration = TimeSpan.FromSeconds(8),
        FrameRate = 24,
        Seed = 4_294_967_295,
    };

    private static readonly VideoRequest Bare = Whole with { FrameRate = null, Seed = null };

    [Theory]
    [InlineData("{prompt}", "\"A {prompt} in braces\"")]
    [InlineData("{seconds}", "\"8\"")]
    [InlineData("{seconds:number}", "8")]
    [InlineData("{seconds:s}", "\"8s\"")]
    [InlineData("{ratio}", "\"9:16\"")]
    [InlineData("{resolution}", "\"720p\"")]
    [InlineData("{width}", "720")]
    [InlineData("{height}", "1280")]
    [InlineData("{size}", "\"720x1280\"")]
    [InlineData("{fps}", "24")]
    [InlineData("{seed}", "4294967295")]
    [InlineData("{image}", "\"data:image/png;base64,AQID\"")]
    public void Fill_Placeholder_IsItsValue(string placeholder, string expected)
    {
        var input = Input($$"""{ "member": "{{placeholder}}" }""").Fill(Whole, "data:image/png;base64,AQID");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""{ "member": {{expected}} }"""), input), input.ToJsonString());
    }

    [Fact]
    public void Fill_HalfASecond_KeepsIt()
    {
        var input = Input("""{ "text": "{seconds}", "number": "{seconds:number}", "unit": "{seconds:s}" }""").Fill(Whole with { Duration = TimeSpan.FromSeconds(7.5) }, image: null);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{ "text": "7.5", "number": 7.5, "unit": "7.5s" }"""), input), input.ToJsonString());
    }

    [Fact]
    public void Fill_NoValue_LeavesTheMemberOut()
    {
        var input = Input(
            """
            { "prompt": "{prompt}", "seed": "{seed}", "fps": "{fps}", "image": "{image}", "images": ["{image}"], "frame": { "image": { "url": "{image}" } },
              "mixed": ["{image}", "kept"], "empty": [], "nothing": null }
            """).Fill(Bare, image: null);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{ "prompt": "A {prompt} in braces", "mixed": ["kept"], "empty": [], "nothing": null }"""), input), input.ToJsonString());
    }

    [Fact]
    public void Fill_Constants_AreSentAsTheyStand()
    {
        const string Constants = """{ "audio": true, "count": 1, "scale": 0.5, "text": "plain", "list": [1, "a", { "b": false }] }""";

        var input = Input(Constants).Fill(Whole, image: null);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Constants), input), input.ToJsonString());
    }

    [Theory]
    [InlineData("""{ "a": "{prompt}" }""", null)]
    [InlineData("""{ "a": "{promt}" }""", "{promt}")]
    [InlineData("""{ "a": [{ "b": "{seconds:ms}" }] }""", "{seconds:ms}")]
    [InlineData("""{ "a": "A film: {prompt}" }""", "A film: {prompt}")]
    public void UnknownPlaceholder_Anywhere_IsFound(string input, string? expected) => Assert.Equal(expected, Input(input).UnknownPlaceholder);

    private static ModelInput Input(string members) => new(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(members)!);
}
