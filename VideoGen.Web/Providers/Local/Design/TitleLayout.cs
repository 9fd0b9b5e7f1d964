using System.Globalization;
using System.Text;
using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design;

/// <summary>A phrase broken into lines that fill a box.</summary>
/// <param name="Size">Height of the em in pixels.</param>
internal sealed record TitleLayout(IReadOnlyList<string> Lines, double Size)
{
    private const int MostLines = 5;

    /// <summary>Breaks the words so that they can be written as big as possible, and never wider than the box.</summary>
    /// <param name="leading">From line to line, in em.</param>
    /// <param name="tracking">Between letters, in em.</param>
    public static TitleLayout Fit(string words, FontFace face, Box box, double largest, double leading = 1.05, double tracking = 0)
    {
        var tokens = Tokens(words, face, tracking, box.Width / (largest * 0.3));
        TitleLayout best = new([words], 0);
        for (var count = 1; count <= MostLines; count++)
        {
            var lines = Break(tokens, count, tracking, face);
            var widest = lines.Max(line => line.Width);
            var size = Math.Min(largest, Math.Min(box.Width / Math.Max(widest, 0.1), box.Height / (0.75 + (leading * (lines.Count - 1)))));
            if (size > best.Size * 1.02)
            {
                best = new TitleLayout([.. lines.Select(line => line.Text)], size);
            }
        }

        return best;
    }

    public static double WidthOf(string text, FontFace face, double tracking) =>
        face.WidthOf(text) + (tracking * new StringInfo(text).LengthInTextElements);

    // Balanced: for a number of lines the widest one is as narrow as it can be (the answer is searched for, then filled greedily).
    private static List<(string Text, double Width)> Break(List<Token> tokens, int count, double tracking, FontFace face)
    {
        var space = face.WidthOf(" ") + tracking;
        var (low, high) = (tokens.Max(token => token.Width), tokens.Sum(token => token.Width + space));
        for (var step = 0; step < 24; step++)
        {
            var middle = (low + high) / 2;
            if (Fill(tokens, middle, space).Count <= count)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return Fill(tokens, high, space);
    }

    private static List<(string Text, double Width)> Fill(List<Token> tokens, double limit, double space)
    {
        List<(string Text, double Width)> lines = [];
        var (line, width) = (new StringBuilder(), 0.0);
        foreach (var token in tokens)
        {
            var gap = token.HasSpace && line.Length > 0 ? space : 0;
            if (line.Length > 0 && width + gap + token.Width > limit + 0.0001)
            {
                lines.Add((line.ToString(), width));
                (line, width, gap) = (new StringBuilder(), 0, 0);
            }

            line.Append(gap > 0 ? " " : "").Append(token.Text);
            width += gap + token.Width;
        }

        lines.Add((line.ToString(), width));
        return lines;
    }

    // Words, but single characters where a script writes without spaces, and pieces where a word is hopelessly long.
    private static List<Token> Tokens(string words, FontFace face, double tracking, double widest)
    {
        List<Token> tokens = [];
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (piece, hasSpace) = (new StringBuilder(), true);
            void Close()
            {
                if (piece.Length > 0)
                {
                    tokens.Add(new Token(piece.ToString(), hasSpace, WidthOf(piece.ToString(), face, tracking)));
                    (piece, hasSpace) = (new StringBuilder(), false);
                }
            }

            var elements = StringInfo.GetTextElementEnumerator(word);
            while (elements.MoveNext())
            {
                var element = elements.GetTextElement();
                var stands = IsIdeograph(element);
                if ((stands && !IsClosing(element)) || WidthOf(piece + element, face, tracking) > widest)
                {
                    Close();
                }

                piece.Append(element);
            }

            Close();
        }

        return tokens.Count > 0 ? tokens : [new Token(words, false, 1)];
    }

    private static bool IsIdeograph(string element) => element[0] is >= '\u2E80' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF' or >= '\uFF00' and <= '\uFFEF' or >= '\uD840' and <= '\uD888';

    private static bool IsClosing(string element) => element is "、" or "。" or "，" or "！" or "？" or "」" or "』" or "）" or "ー" or "っ" or "ッ" or "ゃ" or "ゅ" or "ょ";

    private readonly record struct Token(string Text, bool HasSpace, double Width);
}
