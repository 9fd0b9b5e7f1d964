using System.Text.Encodings.Web;
using System.Text.Json;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Transport;

/// <summary>What may be kept of a provider's own words.</summary>
[Trait("Req", "R-72")]
public sealed class RawTextTests
{
    private const string Prompt = "A \"fox\" läuft\ndurch den Schnee 🦊 / C:\\new";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Quotations =>
    [
        Prompt,
        Prompt.ToUpperInvariant(),
        JsonSerializer.Serialize(Prompt),
        JsonSerializer.Serialize(Prompt, Relaxed),
        JsonSerializer.Serialize(Prompt).ToLowerInvariant(),
        JsonSerializer.Serialize(Prompt).Replace("/", "\\/", StringComparison.Ordinal),
        JsonSerializer.Serialize(JsonSerializer.Serialize(Prompt)),
        Prompt[..20] + "...",
    ];

    [Theory]
    [MemberData(nameof(Quotations))]
    public void Clean_PromptIsQuoted_IsRemoved(string quoted)
    {
        var text = RawText.Clean($$"""{"error":"Not allowed: {{quoted}} (code 7)"}""", Prompt);

        Assert.DoesNotContain("fox", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Schnee", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Not allowed: ", text, StringComparison.Ordinal);
        Assert.Contains("(code 7)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://files.example/1.mp4?signature=abc", "https://files.example/1.mp4?[removed]")]
    [InlineData("See https://a.example/x?y=1&z=2, or http://b.example/?q", "See https://a.example/x?[removed] or http://b.example/?[removed]")]
    [InlineData("""{"url":"https:\/\/a.example\/x?sig\u003dabc"}""", """{"url":"https://a.example/x?[removed]"}""")]
    [InlineData("https://a.example/x", "https://a.example/x")]
    [InlineData("Why? No reason.", "Why? No reason.")]
    [InlineData("Incorrect API key provided: sk-proj-12***89.", "Incorrect API key provided: [removed].")]
    [InlineData("key_0123456789abcdef is disabled", "[removed] is disabled")]
    [InlineData("The key AIzaSyA1234567890 is not valid", "The key [removed] is not valid")]
    [InlineData("task_0123456789", "task_0123456789")]
    [InlineData("my secret key", "my secret key")]
    [InlineData("hush-hush and HUSH-HUSH", "[removed] and [removed]")]
    [InlineData("", "")]
    public void Clean_Text_LosesOnlyWhatIsSecret(string text, string cleaned) => Assert.Equal(cleaned, RawText.Clean(text, "hush-hush", null, "", "abc"));

    [Fact]
    public void Clean_ZeroCharactersAndHalvesOfPairs_CanBeStored()
    {
        var text = RawText.Clean("""a\u0000b\ud83dc""" + '\0' + "d\ud83d");

        Assert.Equal("a b\uFFFDc d\uFFFD", text);
    }

    [Fact]
    public void Clean_LongText_IsCutBetweenCharacters()
    {
        Assert.Equal(2000, RawText.Clean(new string('x', 3000)).Length);
        Assert.Equal(1999, RawText.Clean(new string('x', 1999) + "🦊🦊").Length);
    }
}
