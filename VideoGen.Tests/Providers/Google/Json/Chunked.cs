using System.Text;

namespace VideoGen.Tests.Providers.Google.Json;

/// <summary>A text that arrives in pieces of a given size, as a network delivers it.</summary>
internal sealed class Chunked(string text, int size) : MemoryStream(Encoding.UTF8.GetBytes(text))
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);

    /// <summary>Everything that a stream gives, read in small pieces as well.</summary>
    public static async Task<byte[]> ReadAllAsync(Stream stream, int size)
    {
        await using (stream)
        {
            using var all = new MemoryStream();
            var buffer = new byte[size];
            while (await stream.ReadAsync(buffer) is var count && count > 0)
            {
                await all.WriteAsync(buffer.AsMemory(0, count));
            }

            return all.ToArray();
        }
    }
}
