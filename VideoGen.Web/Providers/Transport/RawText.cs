using System.Text.RegularExpressions;

namespace VideoGen.Web.Providers.Transport;

/// <summary>
/// A provider's own words, fit to be kept for administrators: without our secrets, without the prompt (some providers quote it),
/// without what makes a link a signed one, and of bounded length.
/// </summary>
internal static partial class RawText
{
    private const int MaxLength = 2000;
    private const int ShortestSecret = 4;
    private const string Removed = "[removed]";

    public static string Clean(string text, params IEnumerable<string?> secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret is { Length: >= ShortestSecret })
            {
                text = text.Replace(secret, Removed, StringComparison.Ordinal);
            }
        }

        text = QueryOfLink().Replace(text, "${link}?[removed]");
        text = LooksLikeKey().Replace(text, Removed);
        return text.Length <= MaxLength ? text : text[..MaxLength];
    }

    [GeneratedRegex("""(?<link>https?://[^\s"'<>?]+)\?[^\s"'<>\\]+""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex QueryOfLink();

    // Keys are echoed in part by some: "Incorrect API key provided: sk-proj-12***89".
    [GeneratedRegex("""\b(?:sk|key|r8|luma-api|rw)[-_][A-Za-z0-9*_\-]{6,}""", RegexOptions.NonBacktracking)]
    private static partial Regex LooksLikeKey();
}
