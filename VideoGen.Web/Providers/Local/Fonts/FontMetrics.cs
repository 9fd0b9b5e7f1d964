using System.Buffers.Binary;
using System.Text;

namespace VideoGen.Web.Providers.Local.Fonts;

/// <summary>How wide the letters of a font file are (OpenType and TrueType: head, hhea, OS/2, hmtx, cmap). All in units of its em.</summary>
internal sealed class FontMetrics
{
    private readonly Dictionary<int, double> _advances;

    private FontMetrics(Dictionary<int, double> advances, double ascent, double descent)
    {
        _advances = advances;
        Ascent = ascent;
        Descent = descent;
    }

    /// <summary>What libass takes as the height above the baseline; with <see cref="Descent"/> it is the size of a subtitle font.</summary>
    public double Ascent { get; }

    public double Descent { get; }

    public double? AdvanceOf(Rune rune) => _advances.TryGetValue(rune.Value, out var advance) ? advance : null;

    /// <exception cref="InvalidDataException">The bytes are no such font.</exception>
    public static FontMetrics Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return ReadTables(file);
        }
        catch (ArgumentOutOfRangeException ex)
        {
            throw new InvalidDataException("The font file ends too early.", ex);
        }
    }

    private static FontMetrics ReadTables(ReadOnlySpan<byte> file)
    {
        double em = UInt16(Table(file, "head"), 18);
        var glyphs = UInt16(Table(file, "hhea"), 34);
        var os2 = Table(file, "OS/2");
        var (ascent, descent) = (UInt16(os2, 74) / em, UInt16(os2, 76) / em);
        var widths = Table(file, "hmtx");
        Dictionary<int, double> advances = [];
        foreach (var (character, glyph) in Characters(Table(file, "cmap")))
        {
            advances[character] = UInt16(widths, Math.Min(glyph, glyphs - 1) * 4) / em;
        }

        return em <= 0 || ascent + descent <= 0 || advances.Count == 0
            ? throw new InvalidDataException("The font says nothing about its letters.")
            : new FontMetrics(advances, ascent, descent);
    }

    private static ReadOnlySpan<byte> Table(ReadOnlySpan<byte> file, string tag)
    {
        var count = UInt16(file, 4);
        for (var index = 0; index < count; index++)
        {
            var entry = file.Slice(12 + (16 * index), 16);
            if (Encoding.ASCII.GetString(entry[..4]).Equals(tag, StringComparison.Ordinal))
            {
                return file.Slice((int)UInt32(entry, 8), (int)UInt32(entry, 12));
            }
        }

        throw new InvalidDataException($"The font has no {tag} table.");
    }

    private static List<(int Character, int Glyph)> Characters(ReadOnlySpan<byte> cmap)
    {
        var (best, format) = (0, 0);
        for (var index = 0; index < UInt16(cmap, 2); index++)
        {
            var offset = (int)UInt32(cmap, 8 + (8 * index));
            var found = UInt16(cmap, offset);
            if (found is 4 or 12 && found > format)
            {
                (best, format) = (offset, found);
            }
        }

        return format switch
        {
            4 => Segments(cmap[best..]),
            12 => Groups(cmap[best..]),
            _ => throw new InvalidDataException("The font has no Unicode table."),
        };
    }

    private static List<(int, int)> Groups(ReadOnlySpan<byte> table)
    {
        List<(int, int)> characters = [];
        for (var group = 0; group < UInt32(table, 12); group++)
        {
            var at = 16 + (12 * group);
            var (start, end, glyph) = ((int)UInt32(table, at), (int)UInt32(table, at + 4), (int)UInt32(table, at + 8));
            for (var character = start; character <= end && characters.Count < 0x20000; character++)
            {
                characters.Add((character, glyph + character - start));
            }
        }

        return characters;
    }

    private static List<(int, int)> Segments(ReadOnlySpan<byte> table)
    {
        List<(int, int)> characters = [];
        var length = UInt16(table, 6);
        for (var segment = 0; segment < length; segment += 2)
        {
            var (end, start) = (UInt16(table, 14 + segment), UInt16(table, 16 + length + segment));
            var (delta, range) = (UInt16(table, 16 + (2 * length) + segment), UInt16(table, 16 + (3 * length) + segment));
            for (int character = start; character <= end && character != 0xFFFF; character++)
            {
                var glyph = range == 0
                    ? character
                    : UInt16(table, 16 + (3 * length) + segment + range + (2 * (character - start)));
                if (range == 0 || glyph != 0)
                {
                    characters.Add((character, (glyph + delta) & 0xFFFF));
                }
            }
        }

        return characters;
    }

    private static int UInt16(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadUInt16BigEndian(data[offset..]);

    private static uint UInt32(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadUInt32BigEndian(data[offset..]);
}
