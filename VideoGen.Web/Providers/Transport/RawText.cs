using System.Globalization;
using System.Text;
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

    // As much of a secret as gives it away: some quote only its beginning.
    private const int TellTale = 12;

    // JSON that quotes the JSON of another provider, which quotes the prompt.
    private const int DeepestQuoting = 3;

    private const string Removed = "[removed]";

    /// <summary>A status word as it may be logged; what is no word is named as such.</summary>
    public static string Word(string? status) =>
        status is { Length: > 0 and <= 64 } && status.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.') ? status : "(no word)";

    public static string Clean(string text, params IEnumerable<string?> secrets)
    {
        text = Unquote(text);
        foreach (var secret in secrets)
        {
            if (secret is not null && Unquote(secret).Trim() is { Length: >= ShortestSecret } said)
            {
                text = Remove(text, said);
            }
        }

        text = QueryOfLink().Replace(text, "${link}?[removed]");
        text = LooksLikeKey().Replace(text, Removed);
        return Storable(text);
    }

    // Inside JSON the prompt is spelt in one of many ways; what is compared and kept is what it says.
    private static string Unquote(string text)
    {
        for (var depth = 0; depth < DeepestQuoting && text.Contains('\\', StringComparison.Ordinal); depth++)
        {
            text = Escape().Replace(text, static match => match.ValueSpan[1] switch
            {
                'u' => ((char)int.Parse(match.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
                'n' => "\n",
                'r' => "\r",
                't' => "\t",
                'b' or 'f' => " ",
                var itself => itself.ToString(),
            });
        }

        return text;
    }

    private static string Remove(string text, string secret)
    {
        var begin = secret[..Math.Min(TellTale, secret.Length)];
        var cleaned = new StringBuilder();
        var from = 0;
        int at;
        while ((at = text.IndexOf(begin, from, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            cleaned.Append(text, from, at - from).Append(Removed);
            from = at + SameLength(text.AsSpan(at), secret);
        }

        return cleaned.Append(text, from, text.Length - from).ToString();
    }

    private static int SameLength(ReadOnlySpan<char> text, string secret)
    {
        var length = 0;
        while (length < text.Length && length < secret.Length && char.ToUpperInvariant(text[length]) == char.ToUpperInvariant(secret[length]))
        {
            length++;
        }

        return length;
    }

    // PostgreSQL takes neither a zero character nor half of a pair, and a failure that cannot be written down would never end.
    private static string Storable(string text)
    {
        var kept = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > MaxLength)
            {
                break;
            }

            kept.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return kept.ToString();
    }

    [GeneratedRegex("""\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])""", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();

    [GeneratedRegex("""(?<link>https?://[^\s"'<>?]+)\?[^\s"'<>\\]+""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex QueryOfLink();

    // Keys are echoed in part by some: "Incorrect API key provided: sk-proj-12***89".
    [GeneratedRegex("""\b(?:(?:sk|key|r8|luma-api|rw)[-_]|AIza)[A-Za-z0-9*_\-]{6,}""", RegexOptions.NonBacktracking)]
    private static partial Regex LooksLikeKey();
}
