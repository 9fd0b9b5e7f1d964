using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace VideoGen.Web.Webhooks;

/// <summary>
/// Verifies messages as standardwebhooks.com describes: HMAC-SHA256 over <c>id.timestamp.body</c>, the body byte for byte as it
/// came.
/// </summary>
internal static class StandardWebhook
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How far a message's time may be from ours, in either direction.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    // Real ones have some thirty signs; we remember them for a while.
    private const int LongestId = 256;

    private const string Version = "v1,";

    /// <summary>Whether the message was signed lately by somebody who holds one of the keys.</summary>
    /// <param name="body">The raw bytes.</param>
    public static bool IsAuthentic(IHeaderDictionary headers, ReadOnlySpan<byte> body, IReadOnlyList<byte[]> keys, DateTimeOffset now)
    {
        var id = SingleOf(headers[IdHeader]);
        var timestamp = SingleOf(headers[TimestampHeader]);
        if (id.Length is 0 or > LongestId || !IsRecent(timestamp, now))
        {
            return false;
        }

        var prefix = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        var signatures = SingleOf(headers[SignatureHeader]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isAuthentic = false;
        foreach (var key in keys)
        {
            isAuthentic |= IsAnySignature(signatures, Sign(key, prefix, body));
        }

        return isAuthentic;
    }

    // Every one is looked at, whichever matches: the time taken tells nothing.
    private static bool IsAnySignature(string[] signatures, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var found = false;
        foreach (var signature in signatures)
        {
            found |= signature.StartsWith(Version, StringComparison.Ordinal)
                && Convert.TryFromBase64String(signature[Version.Length..], given, out var length)
                && CryptographicOperations.FixedTimeEquals(given[..length], expected);
        }

        return found;
    }

    private static byte[] Sign(byte[] key, byte[] prefix, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(prefix);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static bool IsRecent(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= (long)Tolerance.TotalSeconds;

    // A header that comes twice is read differently by different programs.
    private static string SingleOf(StringValues values) => values is [{ } value] ? value : "";
}
