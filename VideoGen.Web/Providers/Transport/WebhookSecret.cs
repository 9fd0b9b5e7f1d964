using System.Text;

namespace VideoGen.Web.Providers.Transport;

/// <summary>Reads the secrets of Standard Webhooks as providers hand them out.</summary>
internal static class WebhookSecret
{
    /// <summary>Last part of the configuration key of a provider's secret.</summary>
    public const string Setting = "WebhookSecret";

    private const string Prefix = "whsec_";

    /// <summary>
    /// The keys in one or more secrets with spaces between them: what follows <c>whsec_</c> is base64; any other secret is taken
    /// letter by letter.
    /// </summary>
    /// <returns>Empty for a text without secrets.</returns>
    /// <exception cref="FormatException">What follows <c>whsec_</c> is no base64, or nothing.</exception>
    public static IReadOnlyList<byte[]> KeysOf(string? secrets) =>
        [.. (secrets ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(KeyOf)];

    private static byte[] KeyOf(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetBytes(secret);
        }

        // Anybody can sign with an empty key.
        var key = Convert.FromBase64String(secret[Prefix.Length..]);
        return key.Length > 0 ? key : throw new FormatException("The secret is empty.");
    }
}
