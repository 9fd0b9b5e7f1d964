namespace VideoGen.Simulator.Bookkeeping;

/// <summary>The key that a request carries.</summary>
/// <param name="Header">Where it is.</param>
/// <param name="Key">Without the scheme before it.</param>
internal sealed record Credential(string Header, string Key)
{
    private static readonly string[] Headers =
        ["Authorization", "api-key", "x-api-key", "x-goog-api-key", "x-litellm-api-key", "Proxy-Authorization", "Cookie"];

    /// <returns>Null when there is none.</returns>
    public static Credential? Of(HttpRequest request)
    {
        foreach (var header in Headers)
        {
            if (request.Headers[header].ToString() is { Length: > 0 } value)
            {
                return new Credential(header, value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            }
        }

        return null;
    }
}
