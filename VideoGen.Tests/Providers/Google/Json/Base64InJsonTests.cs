using System.Text;
using VideoGen.Web.Providers.Google.Json;

namespace VideoGen.Tests.Providers.Google.Json;

[Trait("Req", "R-06")]
public sealed class Base64InJsonTests
{
    private static readonly string[] Place = ["response", "videos", "1", "data"];

    // Every byte, and longer than any buffer on the way; lengths with each kind of padding.
    public static TheoryData<int, int> LengthsAndChunks()
    {
        var data = new TheoryData<int, int>();
        foreach (var length in new[] { 0, 1, 2, 3, 50_001 })
        {
            foreach (var chunk in new[] { 1, 3, 4, 1000, 100_000 })
            {
                data.Add(length, chunk);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(LengthsAndChunks))]
    public async Task Read_WhateverTheChunks_GivesTheBytes(int length, int chunk)
    {
        var video = Bytes(length);

        Assert.Equal(video, await ReadAsync(Answer(Convert.ToBase64String(video)), chunk));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100_000)]
    public async Task Read_EscapesAndWhitespace_MeanWhatTheyStandFor(int chunk)
    {
        var video = Bytes(1000);
        var written = string.Concat(Convert.ToBase64String(video, Base64FormattingOptions.InsertLineBreaks)
            .Replace("\r\n", "\\r\\n", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal)
            .Replace("+", "\\u002B", StringComparison.Ordinal).Replace("=", "\\u003d", StringComparison.Ordinal));

        Assert.Equal(video, await ReadAsync(Answer($" {written} "), chunk));
    }

    [Fact]
    public async Task Read_AlphabetOfLinksWithoutPadding_GivesTheBytes()
    {
        var video = Bytes(257);
        var written = Convert.ToBase64String(video).Replace('+', '-').Replace('/', '_').TrimEnd('=');

        Assert.Equal(video, await ReadAsync(Answer(written), 1));
    }

    [Theory]
    [InlineData("AAA*")]
    [InlineData("A")]
    [InlineData("AA==AAAA")]
    [InlineData("AAA\\u00e9")]
    [InlineData("AAA\\uzzzz")]
    public async Task Read_NoBase64_Breaks(string written)
    {
        await Assert.ThrowsAnyAsync<IOException>(() => ReadAsync(Answer(written), 1));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task Read_AnswerThatEndsTooEarly_Breaks(double share)
    {
        var answer = Answer(Convert.ToBase64String(Bytes(50_000)));

        await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(answer[..(int)(answer.Length * share)], 1000));
    }

    [Theory]
    [InlineData("""{ "response": { "videos": [ { "data": "AAAA" } ] } }""")]
    [InlineData("""{ "response": { "videos": [ {}, { "data": null, "other": "AAAA" } ] }, "data": "AAAA" }""")]
    [InlineData("""{ "response": { "videos": { "1": { "datum": "AAAA" } } } }""")]
    [InlineData("\n[]")]
    public async Task Open_NoSuchPlace_GivesNothingAndClosesTheAnswer(string answer)
    {
        var stream = new Chunked(answer, 5);

        Assert.Null(await Base64InJson.OpenAsync(stream, Place, CancellationToken.None));
        Assert.False(stream.CanRead);
    }

    [Theory]
    [InlineData("<!doctype html><html></html>")]
    [InlineData("{ \"a\": [ } ]")]
    [InlineData("]")]
    [InlineData("")]
    [InlineData("{ \"a\": ")]
    public async Task Open_NoJson_BreaksAndClosesTheAnswer(string answer)
    {
        var stream = new Chunked(answer, 5);

        await Assert.ThrowsAnyAsync<IOException>(() => Base64InJson.OpenAsync(stream, Place, CancellationToken.None));
        Assert.False(stream.CanRead);
    }

    [Fact]
    public async Task Open_EndlesslyNested_Breaks()
    {
        await Assert.ThrowsAsync<IOException>(() => Base64InJson.OpenAsync(new Chunked(new string('[', 100_000), 1000), Place, CancellationToken.None));
    }

    // What stands around it looks like it: the name elsewhere, brackets in strings, escaped names, a video before.
    private static string Answer(string written) => $$"""
        { "data": "AAAA", "meta": { "text": "}] \" , : {[", "numbers": [ 1, -2.5e+3, true, null, [], {} ] },
          "\u0072esponse": { "videos": [ { "mimeType": "video/mp4", "data": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', 40_000)))}}" },
            { "tags": [ "data", "1" ], "data": "{{written}}", "mimeType": "video/mp4" } ], "count": 2 } }
        """;

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(at => (byte)((at * 31) + (at >> 8)))];

    private static async Task<byte[]> ReadAsync(string answer, int chunk) => await Chunked.ReadAllAsync(
        (await Base64InJson.OpenAsync(new Chunked(answer, chunk), Place, CancellationToken.None))!, Math.Min(chunk, 8192));
}
