using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design;

/// <summary>What a composition works with.</summary>
internal sealed record Stage(
    Canvas Canvas, Palette Palette, TitlePlan Titles, FontBook Fonts, IReadOnlyList<Mood> Moods, SeededRandom Random)
{
    public double Unit => Canvas.Unit;

    public bool Feels(params ReadOnlySpan<Mood> moods)
    {
        foreach (var mood in moods)
        {
            if (Moods.Contains(mood))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A finished design, ready for ffmpeg.</summary>
/// <param name="Script">Words and shapes.</param>
/// <param name="Photo">How a reference image moves, or <see langword="null"/> when the backdrop is all there is behind the words.</param>
internal sealed record Scene(string Composition, Palette Palette, Canvas Canvas, Backdrop Backdrop, SubtitleScript Script, PhotoMove? Photo = null);

/// <summary>A slow move over a photo: zoom and the place looked at (0 to 1) at both ends.</summary>
internal sealed record PhotoMove((double Zoom, double X, double Y) From, (double Zoom, double X, double Y) To);

/// <summary>Draws a scene from what is on stage.</summary>
internal delegate Scene Composition(Stage stage);
