using System.Text;
using VideoGen.Web.Providers.Google.Json;

namespace VideoGen.Tests.Providers.Google.Json;

[Trait("Req", "R-06")]
public sealed class LongStringsLeftOutTests
{
    private const int Limit = LongStringsLeftOut.LongestKept;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Read_ShortStrings_AreAllKept(int chunk)
    {
        const string Text = """{ "a": "x\"y\\", "é": [1, "", "\u00e9 😀"], "b": null }""";

        Assert.Equal(Text, await FilterAsync(Text, chunk));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public async Task Read_LongStrings_AreEmpty(int chunk)
    {
        var video = new string('A', Limit + 1);
        var escaped = string.Concat(Enumerable.Repeat("\\/\\\"\\\\", Limit));

        Assert.Equal(
            """{"a":"","b":"","c":"kept"}""",
            await FilterAsync($$"""{"a":"{{video}}","b":"{{escaped}}","c":"kept"}""", chunk));
    }

    [Theory]
    [InlineData(Limit, Limit)]
    [InlineData(Limit + 1, 0)]
    public async Task Read_StringAtTheLimit_IsKept(int length, int kept)
    {
        Assert.Equal($"[\"{new string('A', kept)}\"]", await FilterAsync($"[\"{new string('A', length)}\"]", 4096));
    }

    [Fact]
    public async Task Read_TextThatEndsWithinAString_StaysBroken()
    {
        Assert.Equal("""{"a":"x","b":""" + "\"", await FilterAsync("""{"a":"x","b":"no end""", 3));
    }

    private static async Task<string> FilterAsync(string text, int chunk) =>
        Encoding.UTF8.GetString(await Chunked.ReadAllAsync(new LongStringsLeftOut(new Chunked(text, chunk)), Math.Min(chunk, 8192)));
}
