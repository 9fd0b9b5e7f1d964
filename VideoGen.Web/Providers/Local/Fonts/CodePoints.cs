using System.Globalization;
using System.Text;

namespace VideoGen.Web.Providers.Local.Fonts;

/// <summary>A set of characters, as sorted ranges.</summary>
internal sealed class CodePoints
{
    private readonly int[] _starts;
    private readonly int[] _ends;

    private CodePoints(IEnumerable<(int Start, int End)> ranges)
    {
        List<(int Start, int End)> merged = [];
        foreach (var range in ranges.OrderBy(range => range.Start))
        {
            if (merged is [.., var last] && range.Start <= last.End + 1)
            {
                merged[^1] = (last.Start, Math.Max(last.End, range.End));
            }
            else
            {
                merged.Add(range);
            }
        }

        _starts = [.. merged.Select(range => range.Start)];
        _ends = [.. merged.Select(range => range.End)];
    }

    public static CodePoints None { get; } = new([]);

    /// <summary>What any font for Western text has.</summary>
    public static CodePoints Latin { get; } = new([(0x20, 0x7E), (0xA0, 0x17F), (0x2013, 0x2014), (0x2018, 0x201E), (0x2026, 0x2026)]);

    public int RangeCount => _starts.Length;

    /// <summary>Reads fontconfig's "20-7e a0 b0-ff"; anything else in it is passed over.</summary>
    public static CodePoints Parse(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Range).OfType<(int, int)>());

    public static CodePoints Union(IEnumerable<CodePoints> sets) => new(sets.SelectMany(set => set._starts.Zip(set._ends)));

    public bool Contains(Rune rune)
    {
        var at = Array.BinarySearch(_starts, rune.Value);
        at = at >= 0 ? at : ~at - 1;
        return at >= 0 && rune.Value <= _ends[at];
    }

    private static (int, int)? Range(string text)
    {
        var parts = text.Split('-');
        return int.TryParse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var start)
            && int.TryParse(parts[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var end)
            ? (start, end)
            : null;
    }
}
