using System.Text;

namespace VideoGen.Web.Providers.Local.Fonts;

/// <summary>One installed font, or the unknown one that fontconfig will choose.</summary>
/// <param name="Family">Its name for libass.</param>
/// <param name="Weight">CSS weight, 100 to 900.</param>
/// <param name="Metrics">Its letters, or <see langword="null"/> when they are not known and are guessed.</param>
internal sealed record FontFace(string Family, int Weight, bool IsItalic, CodePoints Characters, FontMetrics? Metrics)
{
    private const double UsualAscent = 0.95;
    private const double UsualDescent = 0.25;

    /// <summary>Height above the baseline that libass reserves, in em.</summary>
    public double Ascent => Metrics?.Ascent ?? UsualAscent;

    /// <summary>What a subtitle script calls the size of a font, in em.</summary>
    public double LineHeight => Ascent + (Metrics?.Descent ?? UsualDescent);

    /// <summary>Width in em. Letters that another font will lend are guessed, rather too wide than too narrow.</summary>
    public double WidthOf(string text)
    {
        var width = 0.0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Metrics?.AdvanceOf(rune) ?? Guess(rune);
        }

        return width;
    }

    private static double Guess(Rune rune) => rune.Value switch
    {
        ' ' => 0.3,
        >= 0x300 and <= 0x36F or >= 0x200B and <= 0x200F or >= 0xFE00 and <= 0xFE0F => 0,
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0xFF00 and <= 0xFF60 or >= 0x20000 => 1.02,
        _ => Rune.IsUpper(rune) ? 0.74 : 0.64,
    };
}
