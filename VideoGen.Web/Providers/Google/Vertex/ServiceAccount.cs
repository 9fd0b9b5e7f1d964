using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Web.Providers.Google.Vertex;

/// <summary>The key file of a service account, and what it signs to get a token (RFC 7523).</summary>
internal sealed record ServiceAccount(
    [property: JsonPropertyName("client_email")] string ClientEmail,
    [property: JsonPropertyName("private_key")] string PrivateKey,
    [property: JsonPropertyName("token_uri")] Uri TokenUri,
    [property: JsonPropertyName("private_key_id")] string? PrivateKeyId = null)
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";

    // The longest that is accepted.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    /// <exception cref="JsonException">It is no such file.</exception>
    public static async Task<ServiceAccount> ReadAsync(string path, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<ServiceAccount>(await File.ReadAllTextAsync(path, cancellationToken), Json) ?? throw new JsonException("There is nothing in it.");

    /// <summary>A signed statement that this account asks for a token now.</summary>
    /// <exception cref="ArgumentException">The private key is none.</exception>
    /// <exception cref="CryptographicException">The private key is none.</exception>
    public string Assert(DateTimeOffset now)
    {
        var head = Encode(new Head("RS256", "JWT", PrivateKeyId));
        var claims = Encode(new Claims(ClientEmail, Scope, TokenUri.OriginalString, now.ToUnixTimeSeconds(), (now + Lifetime).ToUnixTimeSeconds()));
        using var key = RSA.Create();
        key.ImportFromPem(PrivateKey);
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part, Json));

    private sealed record Head(string Alg, string Typ, string? Kid);

    private sealed record Claims(string Iss, string Scope, string Aud, long Iat, long Exp);
}
