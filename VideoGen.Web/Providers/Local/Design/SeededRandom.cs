using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VideoGen.Web.Providers.Local.Design;

/// <summary>
/// The source of every choice in a picture. The same words and seed give the same numbers on every machine and runtime,
/// which <see cref="Random"/> does not promise. SplitMix64 over a SHA-256 of its origin.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _state;

    private SeededRandom(ulong state) => _state = state;

    public static SeededRandom From(string words, long seed)
    {
        var origin = string.Create(CultureInfo.InvariantCulture, $"{seed}\n{words}");
        return new SeededRandom(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(origin))));
    }

    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>At least 0, less than 1.</summary>
    public double Next() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public double Between(double min, double max) => min + (Next() * (max - min));

    /// <summary>At least 0, less than <paramref name="count"/>.</summary>
    public int Index(int count) => (int)(NextBits() % (ulong)count);

    public bool Chance(double probability) => Next() < probability;

    /// <summary>-1 or 1.</summary>
    public int Sign() => Chance(0.5) ? -1 : 1;

    public T Pick<T>(IReadOnlyList<T> items) => items[Index(items.Count)];
}
