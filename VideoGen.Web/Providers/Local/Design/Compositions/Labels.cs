using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design.Compositions;

/// <summary>Small writing beside a title.</summary>
internal static class Labels
{
    /// <summary>The second thought of a prompt, when there is one.</summary>
    /// <param name="align">-1 left, 0 middle, 1 right.</param>
    public static void Caption(Stage stage, SubtitleScript script, Box box, Colour colour, int align)
    {
        if (stage.Titles is { Caption.Length: > 0, Cards: [var card, ..] })
        {
            var later = card with { Words = stage.Titles.Caption, Start = card.Start + Math.Min(0.9, card.Length * 0.3) };
            new TitleBlock(stage, later, box, new TitleStyle(Lettering.Label, Reveal.Gather, colour)
            {
                InCapitals = true,
                Largest = 2.7,
                Tracking = 0.16,
                Align = align,
            }).Draw(script);
        }
    }
}
