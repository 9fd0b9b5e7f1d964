using System.Globalization;

namespace VideoGen.Domain.Prompts;

/// <summary>
/// Shortens without changing a word: whole sentences from the start, as many as fit. Only when the first one alone is too
/// long, it ends at a word. Counts and cuts in characters as people count.
/// </summary>
public static class SentenceShortener
{
    private const string Ends = ".!?…";

    // Nobody writes a space after these.
    private const string WideEnds = "。！？";
    private const string Closers = "\"'”’»)]」』）";
    private const string LooseEnds = ",;:–—-、，";

    /// <param name="text">Any text.</param>
    /// <param name="limit">The most characters that may be left, at least 1.</param>
    /// <returns>The same text if it fits; otherwise the start of it, without white space around it.</returns>
    public static string Shorten(string text, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var whole = Characters.Of(text);
        if (whole.Count <= limit)
        {
            return text;
        }

        var body = whole.Trim();
        if (body.Count <= limit)
        {
            return body.Text;
        }

        return (UpToASentence(body, limit) ?? UpToAWord(body, limit) ?? body.Take(limit)).Text;
    }

    private static Characters? UpToASentence(Characters body, int limit)
    {
        for (var count = limit; count > 0; count--)
        {
            if (EndsSentence(body, count - 1))
            {
                return body.Take(count).Trim();
            }
        }

        return null;
    }

    private static Characters? UpToAWord(Characters body, int limit)
    {
        for (var count = limit; count > 0; count--)
        {
            if (body.IsSpace(count))
            {
                return body.Take(count).Trim().TrimEnd(LooseEnds);
            }
        }

        return null;
    }

    private static bool EndsSentence(Characters body, int index)
    {
        if (body.IsLineBreak(index + 1))
        {
            return true;
        }

        var end = index;
        while (end > 0 && body.IsOneOf(end, Closers))
        {
            end--;
        }

        return body.IsOneOf(end, WideEnds)
            ? !body.IsOneOf(index + 1, Closers) && !body.IsOneOf(index + 1, WideEnds)
            : body.IsOneOf(end, Ends) && body.IsSpace(index + 1);
    }

    /// <summary>A part of a text, character by character as people see them: no cut of it can fall into one.</summary>
    private readonly record struct Characters(string Source, int[] Starts, int From, int To)
    {
        public int Count => To - From;

        public string Text => Source[StartOf(From)..StartOf(To)];

        public static Characters Of(string text)
        {
            var starts = StringInfo.ParseCombiningCharacters(text);
            return new(text, starts, 0, starts.Length);
        }

        public Characters Take(int count) => this with { To = From + count };

        public Characters Trim()
        {
            var (from, to) = (0, Count);
            while (from < to && IsSpace(from))
            {
                from++;
            }

            while (to > from && IsSpace(to - 1))
            {
                to--;
            }

            return this with { From = From + from, To = From + to };
        }

        public Characters TrimEnd(string unwanted)
        {
            var to = Count;
            while (to > 1 && (IsSpace(to - 1) || IsOneOf(to - 1, unwanted)))
            {
                to--;
            }

            return Take(to);
        }

        public bool IsSpace(int index) => At(index).IsWhiteSpace();

        public bool IsLineBreak(int index) => At(index) is "\n" or "\r\n" or "\r";

        public bool IsOneOf(int index, string characters) => At(index) is [var only] && characters.Contains(only, StringComparison.Ordinal);

        private ReadOnlySpan<char> At(int index) => From + index is var place && place < Starts.Length ? Source.AsSpan()[StartOf(place)..StartOf(place + 1)] : [];

        private int StartOf(int place) => place < Starts.Length ? Starts[place] : Source.Length;
    }
}
