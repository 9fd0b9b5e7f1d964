using System.Globalization;
using System.Text;

namespace VideoGen.Web.Providers.Local.Fonts;

/// <summary>What the fonts of this machine can draw, and which of them to use. Immutable.</summary>
internal sealed class FontBook
{
    /// <summary>
    /// What fontconfig is asked about each font. Colour fonts are left out: libass draws outlines only.
    /// </summary>
    public static readonly IReadOnlyList<string> ListArguments =
        [":scalable=true:color=false", "--format=%{file}\t%{index}\t%{family}\t%{weight}\t%{slant}\t%{variable}\t%{charset}\n"];

    private static readonly string[] SansFamilies = ["Inter Display", "Inter", "Noto Sans", "Lato", "Roboto", "DejaVu Sans", "Liberation Sans"];

    private static readonly string[] NarrowFamilies = ["Bebas Neue", "Oswald", .. SansFamilies];
    private static readonly string[] BookFamilies = ["EB Garamond", "Noto Serif", "Liberation Serif", "DejaVu Serif", .. SansFamilies];
    private static readonly HashSet<string> Chosen = new([.. NarrowFamilies, .. BookFamilies], StringComparer.Ordinal);

    private readonly List<Entry> _entries;
    private readonly CodePoints _drawable;
    private readonly Dictionary<string, FontMetrics?> _metrics = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    private FontBook(List<Entry> entries, CodePoints drawable)
    {
        _entries = entries;
        _drawable = drawable;
    }

    /// <summary>For a machine whose fonts cannot be listed: Western text in whatever fontconfig has.</summary>
    public static FontBook Unknown { get; } = new([], CodePoints.Latin);

    /// <summary>Reads the answer of fc-list to <see cref="ListArguments"/>.</summary>
    public static FontBook Parse(string list)
    {
        List<Entry> entries = [];
        foreach (var line in list.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('\t') is [var file, var index, var family, var weight, var slant, var variable, var characters])
            {
                var isPlain = index is "0" && variable is not "True";
                entries.Add(new Entry(file, family.Split(',')[0], ToCssWeight(weight), slant is not "0", isPlain, CodePoints.Parse(characters)));
            }
        }

        // All fonts lend their letters; only these are chosen by name.
        return new FontBook([.. entries.Where(entry => Chosen.Contains(entry.Family))], CodePoints.Union(entries.Select(entry => entry.Characters)));
    }

    public bool CanDraw(Rune rune) => _drawable.Contains(rune);

    /// <summary>The best font here for a style of writing and these words.</summary>
    public FontFace Find(Lettering lettering, string words)
    {
        var (families, weight, italic) = lettering switch
        {
            Lettering.Heavy => (SansFamilies, 800, false),
            Lettering.Light => (SansFamilies, 300, false),
            Lettering.Label => (SansFamilies, 600, false),
            Lettering.Condensed => (NarrowFamilies, 700, false),
            Lettering.Serif => (BookFamilies, 400, false),
            Lettering.Italic => (BookFamilies, 400, true),
        };
        var faces = families.Select(family => Closest(family, weight, italic)).OfType<Entry>().ToList();
        var face = faces.Find(entry => CanDraw(entry, words)) ?? faces.FirstOrDefault();
        return face is null
            ? new FontFace("sans-serif", Math.Min(weight, 700), italic, _drawable, Metrics: null)
            : new FontFace(face.Family, face.Weight, face.IsItalic, face.Characters, MetricsOf(face));
    }

    private static bool CanDraw(Entry entry, string words) =>
        words.EnumerateRunes().All(rune => !Rune.IsLetterOrDigit(rune) || entry.Characters.Contains(rune));

    private Entry? Closest(string family, int weight, bool italic) => _entries
        .Where(entry => entry.IsPlain && string.Equals(entry.Family, family, StringComparison.Ordinal))
        .OrderBy(entry => entry.IsItalic == italic ? 0 : 1)
        .ThenBy(entry => Math.Abs(entry.Weight - weight))
        .ThenBy(entry => entry.File, StringComparer.Ordinal)
        .FirstOrDefault();

    private FontMetrics? MetricsOf(Entry entry)
    {
        lock (_gate)
        {
            if (!_metrics.TryGetValue(entry.File, out var metrics))
            {
                try
                {
                    metrics = FontMetrics.Read(File.ReadAllBytes(entry.File));
                }
                catch (Exception ex) when (ex is IOException or InvalidDataException or UnauthorizedAccessException)
                {
                    // An unusual font file only costs exact widths: they are guessed.
                    metrics = null;
                }

                _metrics[entry.File] = metrics;
            }

            return metrics;
        }
    }

    private static int ToCssWeight(string weight) =>
        double.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value switch
            {
                < 20 => 100,
                < 45 => 200,
                < 52 => 300,
                < 90 => 400,
                < 140 => 500,
                < 190 => 600,
                < 203 => 700,
                < 208 => 800,
                _ => 900,
            }
            : 400;

    private sealed record Entry(string File, string Family, int Weight, bool IsItalic, bool IsPlain, CodePoints Characters);
}

/// <summary>Styles of writing that compositions ask for.</summary>
internal enum Lettering
{
    /// <summary>Big and black, without serifs.</summary>
    Heavy,

    /// <summary>Thin strokes, for wide tracking.</summary>
    Light,

    /// <summary>Small captions.</summary>
    Label,

    /// <summary>Narrow capitals.</summary>
    Condensed,

    /// <summary>Bookish.</summary>
    Serif,

    /// <summary>Bookish, slanted.</summary>
    Italic,
}
