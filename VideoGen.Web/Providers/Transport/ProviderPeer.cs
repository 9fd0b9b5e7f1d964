namespace VideoGen.Web.Providers.Transport;

/// <summary>Whom a <see cref="ProviderHttp"/> speaks with.</summary>
internal sealed record ProviderPeer
{
    /// <summary>The provider's id, and the name of its HTTP client.</summary>
    public required string Id { get; init; }

    /// <summary>Its name in sentences.</summary>
    public required string Name { get; init; }

    /// <summary>The one host that its credentials are sent to.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>What is cut out of every text that is kept, such as the key.</summary>
    public required IReadOnlyList<string?> Secrets { get; init; }

    /// <summary>What a refused submission means, or <see langword="null"/> where its HTTP status says it all.</summary>
    public required Func<ErrorAnswer, ProviderFault?> Understand { get; init; }

    /// <summary>How long an error without the usual header asks to wait, where the provider says it in another way.</summary>
    public Func<ErrorAnswer, TimeSpan?> AskedToWait { get; init; } = static _ => null;

    /// <summary>Whether an address is on the provider's own host.</summary>
    public bool Owns(Uri address) => Uri.Compare(
        BaseAddress, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
