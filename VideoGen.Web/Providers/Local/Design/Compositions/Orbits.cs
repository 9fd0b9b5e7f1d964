using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design.Compositions;

/// <summary>Fine rings and wandering bodies around quiet capitals.</summary>
internal static class Orbits
{
    public static Scene Draw(Stage stage)
    {
        var (canvas, palette, random, unit) = (stage.Canvas, stage.Palette, stage.Random, stage.Unit);
        var script = new SubtitleScript(canvas);
        if (!palette.IsLight)
        {
            Sky.Stars(stage, script, 1, 70);
        }

        var (x, y) = (canvas.Width * 0.5, canvas.Height * 0.5);
        var line = palette.IsLight ? palette.Stops[3] : palette.Stops[3].Mix(palette.Ink, 0.3);
        var rings = 6;
        var reach = Math.Max(canvas.Width, canvas.Height) / unit * 0.62;
        for (var ring = 0; ring < rings; ring++)
        {
            var radius = (24 + ((reach - 24) * ring / (rings - 1.0))) * unit;
            var delay = 0.12 * ring;
            var strength = 0.5 - (0.06 * ring);
            script.Centred(
                10,
                0,
                canvas.Duration + 0.1,
                time => new Pose(x, y)
                {
                    Scale = (0.55 + (0.45 * Ease.OutStrong((time - delay) / 1.8))) * (1 + (0.012 * time)),
                    Opacity = strength * Ease.Out((time - delay) / 1.2),
                },
                line,
                Outline.Ring(radius, 0.22 * unit));
            Bodies(stage, script, radius, delay, ring);
        }

        Title(stage, script);
        return new Scene("orbits", palette, canvas, new MeshBackdrop(palette, 0.55, random), script);
    }

    private static void Bodies(Stage stage, SubtitleScript script, double radius, double delay, int ring)
    {
        var (canvas, palette, random, unit) = (stage.Canvas, stage.Palette, stage.Random, stage.Unit);
        var (x, y) = (canvas.Width * 0.5, canvas.Height * 0.5);
        for (var body = 0; body < 1 + (ring % 2); body++)
        {
            var (phase, speed) = (random.Between(0, Math.Tau), random.Between(0.16, 0.34) * random.Sign() * (1 - (0.1 * ring)));
            var size = random.Between(0.8, 2.6) * unit * (0.7 + (0.12 * ring));
            var colour = random.Pick([palette.Accent, palette.Stops[3], palette.Stops[2], palette.Ink]);
            Func<double, Pose> path = time =>
            {
                var angle = phase + (speed * time) + (1.4 * (1 - Ease.OutStrong((time - delay) / 1.8)));
                var out_ = (0.55 + (0.45 * Ease.OutStrong((time - delay) / 1.8))) * (1 + (0.012 * time));
                return new Pose(x + (radius * out_ * Math.Cos(angle)), y + (radius * out_ * Math.Sin(angle))) { Opacity = Ease.Out((time - delay) / 0.9), Blur = 0.6 };
            };
            script.Centred(12, 0, canvas.Duration + 0.1, time => path(time) with { Blur = size * 0.5, Opacity = path(time).Opacity * 0.4 }, colour, Outline.Circle(size * 1.8));
            script.Centred(13, 0, canvas.Duration + 0.1, path, colour, Outline.Circle(size));
        }
    }

    private static void Title(Stage stage, SubtitleScript script)
    {
        var canvas = stage.Canvas;
        var box = canvas.IsWide ? canvas.At(0.14, 0.26, 0.86, 0.74) : canvas.At(0.1, 0.3, 0.9, 0.7);
        var isCondensed = stage.Random.Chance(0.5);
        foreach (var card in stage.Titles.Cards)
        {
            new TitleBlock(stage, card, box, new TitleStyle(isCondensed ? Lettering.Condensed : Lettering.Light, Reveal.Gather, stage.Palette.Ink)
            {
                InCapitals = true,
                Largest = isCondensed ? 19 : 11,
                Leading = isCondensed ? 1.02 : 1.3,
                Tracking = isCondensed ? 0.05 : 0.14,
            }).Draw(script);
        }

        Labels.Caption(stage, script, canvas.At(0.1, 0.84, 0.9, 0.88), stage.Palette.Ink, 0);
    }
}
