using System.Globalization;
using System.Text;
using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design;

/// <summary>Makes words that can be drawn out of a prompt, and short phrases out of the words.</summary>
internal static class TitleText
{
    /// <summary>More than the longest video can show.</summary>
    private const int LongestRead = 2_000;

    private const int MostMarks = 3;
    private const int LongestWord = 48;

    private static readonly char[] Edges = [' ', ',', ';', ':', '.', '-', '–', '—', '、', '。', '，', '；', '：', '،', '|', '/', '*', '_', '#', '~', '=', '>'];

    /// <summary>Words that like to begin a line.</summary>
    private static readonly HashSet<string> Openers = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "and", "or", "with", "in", "on", "at", "of", "over", "under", "through", "between", "behind", "into", "from", "by", "as", "while",
        "der", "die", "das", "ein", "eine", "und", "mit", "im", "am", "auf", "über", "unter", "durch", "von", "bei", "le", "la", "les", "un", "une", "et", "avec", "dans", "sur", "el", "y", "con", "en",
    };

    /// <summary>
    /// The prompt without what no font here can draw, without emoji (their fonts are pictures, not outlines), without control
    /// characters and with single spaces. May be empty.
    /// </summary>
    public static string Clean(string prompt, FontBook fonts)
    {
        var text = new StringBuilder();
        var elements = StringInfo.GetTextElementEnumerator(prompt.Length > LongestRead ? prompt[..LongestRead] : prompt);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (element is "\n" or "\r\n")
            {
                text.Append(" . ");
            }
            else if (element.EnumerateRunes().First() is var rune && (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune)))
            {
                text.Append(' ');
            }
            else if (!element.EnumerateRunes().Any(IsPictogram))
            {
                AppendDrawable(text, element, fonts);
            }
            else
            {
                text.Append(' ');
            }
        }

        return string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim(Edges);
    }

    /// <summary>The clauses of cleaned words, each no longer than <paramref name="longest"/> characters where its words allow.</summary>
    public static IReadOnlyList<string> Phrases(string words, int longest)
    {
        List<string> phrases = [];
        foreach (var clause in Clauses(words))
        {
            phrases.AddRange(Parts(clause, longest));
        }

        return phrases;
    }

    /// <summary>Whether letters may stand apart: joined scripts fall to pieces.</summary>
    public static bool CanBeTracked(string words) => !words.EnumerateRunes().Any(rune => rune.Value is >= 0x590 and < 0x1E00 and not (>= 0x10A0 and < 0x1200));

    private static void AppendDrawable(StringBuilder text, string element, FontBook fonts)
    {
        var first = element.EnumerateRunes().First();
        if (!fonts.CanDraw(first))
        {
            return;
        }

        var marks = 0;
        foreach (var rune in element.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
            marks += isMark ? 1 : 0;
            if (category is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                ? rune.Value is 0x200C or 0x200D
                : marks <= MostMarks && fonts.CanDraw(rune))
            {
                text.Append(rune.ToString());
            }
        }
    }

    private static bool IsPictogram(Rune rune) => rune.Value
        is (>= 0x2600 and <= 0x27BF) or (>= 0x2B00 and <= 0x2BFF) or (>= 0x1F000 and <= 0x1FAFF) or 0x20E3 or 0xFE0F or (>= 0xE0000 and <= 0xE007F) or 0xFFFD;

    // Not every full stop ends a clause: "3.5" and "example.com" are words.
    private static IEnumerable<string> Clauses(string words)
    {
        var start = 0;
        for (var index = 0; index < words.Length; index++)
        {
            var isLast = index == words.Length - 1 || words[index + 1] == ' ';
            var ends = words[index] is '。' or '、' or '，' or '！' or '？' or '；' or '—'
                || (isLast && words[index] is '.' or '!' or '?' or ',' or ';' or ':' or '…' or '–' or '-' or '،' or '؟' or '|');
            if (!ends)
            {
                continue;
            }

            var keeps = words[index] is '!' or '?' or '！' or '？' or '؟';
            var clause = words[start..(keeps ? index + 1 : index)].Trim(Edges);
            start = index + 1;
            if (clause.Length > 0)
            {
                yield return clause;
            }
        }

        var rest = words[start..].Trim(Edges);
        if (rest.Length > 0)
        {
            yield return rest;
        }
    }

    // Only for a "word" that is none, or a script without spaces: everything else has been cut at a space before.
    private static string Shorten(string clause)
    {
        var elements = StringInfo.ParseCombiningCharacters(clause);
        return elements.Length <= LongestWord ? clause : clause[..elements[LongestWord - 1]] + "…";
    }

    private static IEnumerable<string> Parts(string clause, int longest)
    {
        var words = clause.Split(' ');
        if (clause.Length <= longest || words.Length == 1)
        {
            return [Shorten(clause)];
        }

        // Cut where a new thought begins, as near to the middle as possible.
        var (best, bestCost, length) = (1, double.MaxValue, 0);
        for (var index = 1; index < words.Length; index++)
        {
            length += words[index - 1].Length + 1;
            var cost = Math.Abs((length / (double)clause.Length) - 0.5)
                - (Openers.Contains(words[index]) ? 0.18 : 0)
                + (Openers.Contains(words[index - 1]) ? 0.3 : 0);
            if (cost < bestCost)
            {
                (best, bestCost) = (index, cost);
            }
        }

        return [.. Parts(string.Join(' ', words[..best]), longest), .. Parts(string.Join(' ', words[best..]), longest)];
    }
}
