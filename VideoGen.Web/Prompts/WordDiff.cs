using System.Text.RegularExpressions;
using DiffPlex;

namespace VideoGen.Web.Prompts;

/// <summary>What two versions of a prompt share and where they differ, word by word.</summary>
internal static partial class WordDiff
{
    /// <returns>
    /// In reading order. All that is not <see cref="WordDiffKind.Added"/> is the text before, all that is not
    /// <see cref="WordDiffKind.Removed"/> the text after, to the last space.
    /// </returns>
    public static IReadOnlyList<WordDiffPiece> Of(string before, string after)
    {
        var diff = new Differ().CreateCustomDiffs(before, after, ignoreWhiteSpace: false, Split);
        List<Change> changes = [.. diff.DiffBlocks.Select(block =>
            new Change(block.DeleteStartA, block.DeleteStartA + block.DeleteCountA, block.InsertStartB, block.InsertStartB + block.InsertCountB))];
        return [.. Pieces(diff.PiecesOld, diff.PiecesNew, Joined(changes, diff.PiecesOld))];
    }

    // Two replaced words with only the space between them kept read as one replaced phrase.
    private static IEnumerable<Change> Joined(List<Change> changes, string[] before)
    {
        Change? open = null;
        foreach (var change in changes)
        {
            if (open is { } last && (last.IsReplacement || change.IsReplacement) && IsOnlySpace(before, last.OldEnd, change.OldStart))
            {
                open = last with { OldEnd = change.OldEnd, NewEnd = change.NewEnd };
                continue;
            }

            if (open is { } finished)
            {
                yield return finished;
            }

            open = change;
        }

        if (open is { } end)
        {
            yield return end;
        }
    }

    private static IEnumerable<WordDiffPiece> Pieces(string[] before, string[] after, IEnumerable<Change> changes)
    {
        var place = 0;
        foreach (var change in changes)
        {
            foreach (var piece in (WordDiffPiece[])
                [
                    new(WordDiffKind.Kept, string.Concat(before[place..change.OldStart])),
                    new(WordDiffKind.Removed, string.Concat(before[change.OldStart..change.OldEnd])),
                    new(WordDiffKind.Added, string.Concat(after[change.NewStart..change.NewEnd])),
                ])
            {
                if (piece.Text.Length > 0)
                {
                    yield return piece;
                }
            }

            place = change.OldEnd;
        }

        if (place < before.Length)
        {
            yield return new(WordDiffKind.Kept, string.Concat(before[place..]));
        }
    }

    private static bool IsOnlySpace(string[] pieces, int from, int to) => Array.TrueForAll(pieces[from..to], string.IsNullOrWhiteSpace);

    private static string[] Split(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    // Chinese and Japanese put no space between words, so that there each sign is one.
    [GeneratedRegex(@"\s+|[\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uffef]|[^\s\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uffef]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    private readonly record struct Change(int OldStart, int OldEnd, int NewStart, int NewEnd)
    {
        public bool IsReplacement => OldEnd > OldStart && NewEnd > NewStart;
    }
}

/// <summary>A run of text that is alike or not.</summary>
internal sealed record WordDiffPiece(WordDiffKind Kind, string Text);

internal enum WordDiffKind
{
    /// <summary>In both texts.</summary>
    Kept,

    /// <summary>In the first text only.</summary>
    Removed,

    /// <summary>In the second text only.</summary>
    Added,
}
