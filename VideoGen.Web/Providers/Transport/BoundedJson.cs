using System.Text;
using System.Text.Json;

namespace VideoGen.Web.Providers.Transport;

/// <summary>Reads small JSON bodies and refuses large ones: no answer about a job needs more.</summary>
internal static class BoundedJson
{
    /// <summary>Longest answer that is read, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The naming of the base library's web defaults; contracts spell out names that differ. Unknown members are ignored.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <exception cref="JsonException">It is no such JSON, or nothing, or longer than is read.</exception>
    public static async Task<T> ReadAsync<T>(HttpContent content, CancellationToken cancellationToken)
        where T : class
    {
        var bytes = await ReadBytesAsync(content, cancellationToken);
        return bytes.Length > MaxBytes
            ? throw new JsonException("The answer is too long.")
            : JsonSerializer.Deserialize<T>(WithoutMark(bytes), Options) ?? throw new JsonException("The answer is empty.");
    }

    /// <summary>The beginning of a body as text.</summary>
    public static async Task<string> ReadTextAsync(HttpContent content, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(WithoutMark(await ReadBytesAsync(content, cancellationToken)));

    /// <summary>The body as JSON, or an undefined element.</summary>
    public static JsonElement Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    // Some servers begin with the mark, and an answer to a paid submission is not thrown away for it.
    private static ReadOnlySpan<byte> WithoutMark(byte[] bytes) =>
        bytes.AsSpan().StartsWith(ByteOrderMark) ? bytes.AsSpan(ByteOrderMark.Length) : bytes;

    // One byte more than allowed tells a long body from one that just fits.
    private static async Task<byte[]> ReadBytesAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (bytes.Length <= MaxBytes)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, MaxBytes + 1 - bytes.Length)), cancellationToken);
            if (count == 0)
            {
                break;
            }

            await bytes.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return bytes.ToArray();
    }
}
