using System.Text;
using System.Text.Json;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Transport;

[Trait("Req", "R-16")]
public sealed class BoundedJsonTests
{
    [Theory]
    [InlineData("""{"id":"1"}""", "1")]
    [InlineData("""  {"ID":"1","other":[1,2]}  """, "1")]
    [InlineData("\uFEFF{\"id\":\"1\"}", "1")]
    [InlineData("{}", null)]
    [InlineData("""{"id":null}""", null)]
    public async Task Read_Json_IsRead(string json, string? id) => Assert.Equal(id, (await ReadAsync(json)).Id);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"1\"")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":"1"}{"id":"2"}""")]
    [InlineData("<html></html>")]
    public async Task Read_NoSuchJson_Throws(string json) => await Assert.ThrowsAsync<JsonException>(() => ReadAsync(json));

    [Theory]
    [InlineData(BoundedJson.MaxBytes, false)]
    [InlineData(BoundedJson.MaxBytes + 1, true)]
    public async Task Read_LongAnswer_IsReadUpToALimit(int length, bool isTooLong)
    {
        var json = """{"id":"1"}""";

        var error = await Record.ExceptionAsync(() => ReadAsync(json + new string(' ', length - json.Length)));

        Assert.Equal(isTooLong, error is JsonException);
    }

    [Fact]
    public async Task ReadText_EndlessBody_ReadsNoMoreThanTheLimit()
    {
        using var content = new StreamContent(new EndlessStream());

        Assert.Equal(BoundedJson.MaxBytes + 1, (await BoundedJson.ReadTextAsync(content, CancellationToken.None)).Length);
    }

    [Theory]
    [InlineData("""{"a":1}""", JsonValueKind.Object)]
    [InlineData("[1]", JsonValueKind.Array)]
    [InlineData("<html>", JsonValueKind.Undefined)]
    [InlineData("", JsonValueKind.Undefined)]
    public void Parse_Text_IsJsonOrNothing(string text, JsonValueKind kind) => Assert.Equal(kind, BoundedJson.Parse(text).ValueKind);

    private static async Task<Answer> ReadAsync(string json)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        return await BoundedJson.ReadAsync<Answer>(content, CancellationToken.None);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'x');
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
