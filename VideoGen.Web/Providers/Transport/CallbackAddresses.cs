using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace VideoGen.Web.Providers.Transport;

/// <summary>
/// The addresses under which providers that do not sign (or not so that we can verify it) say that something happened to one
/// submission. Each holds a token that nobody else can make, so knowing it is what lets somebody in; it says nothing but "look".
/// </summary>
internal sealed class CallbackAddresses(IOptions<CallbackOptions> options, CallbackKey key)
{
    /// <summary>Where the addresses lie on this server.</summary>
    public const string Folder = "webhooks/hints";

    /// <summary>
    /// The address to name in a submission, the same each time it is asked for; <see langword="null"/> when providers cannot reach
    /// this server. Kept out of logs, as all secrets.
    /// </summary>
    /// <param name="providerId">The provider that is to call it.</param>
    /// <param name="submitKey">The attempt; see <see cref="Domain.Providers.VideoRequest.SubmitKey"/>.</param>
    public Uri? Of(string providerId, string submitKey)
    {
        if (options.Value.PublicAddress is not { } server)
        {
            return null;
        }

        var path = $"{Folder}/{Uri.EscapeDataString(providerId)}/{TokenOf(providerId, submitKey)}/{Uri.EscapeDataString(submitKey)}";
        return new Uri($"{server.AbsoluteUri.TrimEnd('/')}/{path}");
    }

    /// <summary>Whether the token belongs to this provider and attempt. Takes the same time for every wrong one.</summary>
    public bool IsOurs(string providerId, string token, string submitKey) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(TokenOf(providerId, submitKey)), Encoding.UTF8.GetBytes(token));

    private string TokenOf(string providerId, string submitKey) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"{providerId}\n{submitKey}")));
}
