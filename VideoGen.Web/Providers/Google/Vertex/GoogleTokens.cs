using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google.Vertex;

/// <summary>
/// The access token of a service account: fetched when it is first needed, and again shortly before it ends. Safe for concurrent
/// use; however many wait, one fetches.
/// </summary>
/// <param name="options">Names the account.</param>
/// <param name="httpOf">Speaks with a peer of ours.</param>
/// <param name="clock">Says how old a token is.</param>
internal sealed class GoogleTokens(VertexOptions options, Func<ProviderPeer, ProviderHttp> httpOf, TimeProvider clock) : IDisposable
{
    // A token that ends under way is refused; this is longer than any request of ours waits to be sent.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly string?[] _secrets = [options.AccessToken];
    private Token? _current;

    /// <summary>The token as it is at any moment, to be cut out of texts.</summary>
    public IReadOnlyList<string?> Secrets => _secrets;

    /// <exception cref="VideoProviderException">There is none to be had. Always something that may pass, for the account may be put right.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (options.AccessToken is { Length: > 0 } given)
        {
            return given;
        }

        if (Fresh is { } token)
        {
            return token;
        }

        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return Fresh ?? await RenewAsync(cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private string? Fresh => Volatile.Read(ref _current) is { } token && clock.GetUtcNow() < token.FreshUntil ? token.Text : null;

    private async Task<string> RenewAsync(CancellationToken cancellationToken)
    {
        var account = await ReadAccountAsync(cancellationToken);
        var askedAt = clock.GetUtcNow();
        var answer = await AskAsync(account, AssertionOf(account, askedAt), cancellationToken);
        if (answer.AccessToken is not { Length: > 0 } text)
        {
            throw new VideoProviderException(FailureKind.ProviderDown, $"{VertexSetup.ProviderName} gave no access token.") { IsTransient = true };
        }

        _secrets[0] = text;
        Volatile.Write(ref _current, new Token(text, askedAt + TimeSpan.FromSeconds(answer.ExpiresIn) - Margin));
        return text;
    }

    private async Task<ServiceAccount> ReadAccountAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ServiceAccount.ReadAsync(options.CredentialsFile!, cancellationToken);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Unusable(ex);
        }
    }

    private static string AssertionOf(ServiceAccount account, DateTimeOffset now)
    {
        try
        {
            return account.Assert(now);
        }
        catch (Exception ex) when (ex is CryptographicException or ArgumentException)
        {
            throw Unusable(ex);
        }
    }

    private async Task<TokenAnswer> AskAsync(ServiceAccount account, string assertion, CancellationToken cancellationToken)
    {
        var peer = new ProviderPeer
        {
            Id = VertexSetup.ProviderId,
            Name = VertexSetup.ProviderName,
            BaseAddress = account.TokenUri,
            Secrets = [assertion, account.PrivateKey],
            Understand = static _ => null,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, account.TokenUri)
        {
            Content = new FormUrlEncodedContent(
            [
                KeyValuePair.Create("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
                KeyValuePair.Create("assertion", assertion),
            ]),
        };
        var answer = await httpOf(peer).TryReadAsync<TokenAnswer>(request, cancellationToken);
        return answer.Value ?? throw Refused(RawText.Clean(answer.Error!.Text, peer.Secrets));
    }

    private static VideoProviderException Refused(string detail)
    {
        var fault = ProviderFaults.Credentials(VertexSetup.ProviderName);
        return new VideoProviderException(fault.Kind, fault.Sentence, detail) { IsTransient = true };
    }

    // The base library's words may quote the file.
    private static VideoProviderException Unusable(Exception ex) => new(
        FailureKind.Credentials,
        $"The service account's file of {VertexSetup.ProviderName} cannot be used. An administrator has to correct {VertexSetup.CredentialsSetting}.",
        ex.GetType().Name)
    {
        IsTransient = true,
    };

    private sealed record Token(string Text, DateTimeOffset FreshUntil);

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string? AccessToken, [property: JsonPropertyName("expires_in")] double ExpiresIn);
}
