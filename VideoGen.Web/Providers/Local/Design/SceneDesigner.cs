using VideoGen.Web.Providers.Local.Design.Compositions;
using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design;

/// <summary>Designs a scene from words and a seed. The same words, seed, canvas and fonts always give the same scene.</summary>
internal static class SceneDesigner
{
    private static readonly (Composition Draw, Mood[] Likes)[] Compositions =
    [
        (Landscape.Draw, [Mood.Sea, Mood.Forest, Mood.Mountain, Mood.Desert, Mood.Winter, Mood.Sun, Mood.City, Mood.Fire]),
        (Poster.Draw, [Mood.City, Mood.Sun]),
        (Orbits.Draw, [Mood.Space, Mood.Night]),
        (NightDrive.Draw, [Mood.Neon, Mood.Night]),
        (Kinetic.Draw, [Mood.Fire, Mood.Sun]),
        (Editorial.Draw, [Mood.Love, Mood.Winter, Mood.Sea, Mood.Forest, Mood.Night]),
    ];

    public static int CompositionCount => Compositions.Length;

    public static Scene Design(string prompt, long seed, Canvas canvas, bool hasPhoto, FontBook fonts)
    {
        var random = SeededRandom.From(prompt, seed);
        var moods = PromptMood.Of(prompt);
        var palette = Palette.Choose(moods, random);
        var draw = Choose(moods, random);
        if (hasPhoto)
        {
            draw = PhotoTitle.Draw;
        }
        else if (draw == NightDrive.Draw && palette.IsLight)
        {
            // Glow needs the dark.
            palette = Palette.Choose([Mood.Neon], random);
        }

        var titles = TitlePlan.For(TitleText.Clean(prompt, fonts), canvas.Duration);
        return draw(new Stage(canvas, palette, titles, fonts, moods, random));
    }

    // The first mood speaks three times as loud as no mood at all, but every seed may surprise.
    private static Composition Choose(IReadOnlyList<Mood> moods, SeededRandom random)
    {
        var weights = Compositions.Select(entry => moods is [var mood, ..] && entry.Likes.Contains(mood) ? 3.0 : 1.0).ToList();
        var at = random.Next() * weights.Sum();
        for (var index = 0; index < weights.Count; index++)
        {
            at -= weights[index];
            if (at < 0)
            {
                return Compositions[index].Draw;
            }
        }

        return Compositions[^1].Draw;
    }
}
