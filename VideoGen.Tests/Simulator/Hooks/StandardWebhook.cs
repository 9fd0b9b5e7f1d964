using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace VideoGen.Simulator.Hooks;

/// <summary>The signature of standardwebhooks.com, version 1.</summary>
internal static class StandardWebhook
{
    private const string Prefix = "whsec_";

    public static void Sign(HttpRequestHeaders headers, string secret, string id, DateTimeOffset at, string body)
    {
        headers.Add("webhook-id", id);
        headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        headers.TryAddWithoutValidation("webhook-signature", SignatureOf(secret, id, at, body));
    }

    public static string SignatureOf(string secret, string id, DateTimeOffset at, string body)
    {
        var key = secret.StartsWith(Prefix, StringComparison.Ordinal) ? Convert.FromBase64String(secret[Prefix.Length..]) : Encoding.UTF8.GetBytes(secret);
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}");
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)))}";
    }
}
