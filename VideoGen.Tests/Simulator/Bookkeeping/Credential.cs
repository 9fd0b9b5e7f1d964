namespace VideoGen.Simulator.Bookkeeping;

/// <summary>The key that a request carries.</summary>
/// <param name="Header">Where it is.</param>
/// <param name="Key">Without the scheme before it; empty when there is only a scheme.</param>
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
                return new Credential(header, header.EndsWith("Authorization", StringComparison.Ordinal) ? WithoutScheme(value) : value);
            }
        }

        return null;
    }

    private static string WithoutScheme(string value) => value.IndexOf(' ', StringComparison.Ordinal) is var space and >= 0 ? value[(space + 1)..] : "";
}
