using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design.Compositions;

/// <summary>Cut paper: layers of land or water under a low sun, sliding past at different speeds.</summary>
internal static class Landscape
{
    private const int Layers = 5;

    public static Scene Draw(Stage stage)
    {
        var (canvas, palette, random) = (stage.Canvas, stage.Palette, stage.Random);
        var script = new SubtitleScript(canvas);
        var horizon = canvas.IsWide ? 0.6 : 0.64;
        var terrain = Terrain.For(stage);
        var direction = random.Sign();
        var sunX = random.Between(0.22, 0.78);
        var radius = random.Between(12, 16) * stage.Unit;
        (double X, double Y) Sun(double time)
        {
            var share = Ease.Out(time / canvas.Duration);
            return (sunX - (direction * 0.03 * share), horizon + 0.06 - (0.08 * share));
        }

        if (!palette.IsLight)
        {
            Sky.Stars(stage, script, horizon * 0.8, 46);
        }

        var disc = palette.IsLight ? palette.Accent.Mix(palette.Stops[1], 0.25) : palette.Accent.Mix(palette.Stops[3], 0.35);
        Func<double, Pose> sunPose = time => new Pose(Sun(time).X * canvas.Width, Sun(time).Y * canvas.Height) { Opacity = Ease.Out(time / 0.9), Blur = 1.2 };
        script.Centred(5, 0, canvas.Duration + 0.1, time => sunPose(time) with { Opacity = 0.16 * Ease.Out(time / 1.4), Blur = 6 }, disc, Outline.Circle(radius * 1.45));
        script.Centred(6, 0, canvas.Duration + 0.1, sunPose, disc, Outline.Circle(radius));
        Ground(stage, script, terrain, horizon, direction);
        if (stage.Feels(Mood.Winter))
        {
            Sky.Fall(stage, script, palette.IsLight ? palette.Stops[3].Mix(palette.Stops[2], 0.5) : palette.Ink);
        }

        Title(stage, script, horizon);
        return new Scene("landscape", palette, canvas, new SkyBackdrop(palette, horizon + 0.1, Sun), script);
    }

    private static void Ground(Stage stage, SubtitleScript script, Terrain terrain, double horizon, int direction)
    {
        var canvas = stage.Canvas;
        for (var layer = 0; layer < Layers; layer++)
        {
            var nearness = layer / (Layers - 1.0);
            var top = (horizon + ((0.97 - horizon) * Math.Pow(nearness, 1.15))) * canvas.Height;
            var travel = canvas.Width * (0.03 + (0.11 * nearness)) * Math.Min(1, canvas.Duration / 6);
            var path = terrain.Ridge(canvas.Width + travel, canvas.Height - top + (0.35 * canvas.Height), nearness);
            var delay = 0.06 * layer;
            var bob = terrain.IsWater ? 0.9 * stage.Unit * (0.4 + nearness) : 0;
            var phase = layer * 1.9;
            script.Shape(
                10 + layer,
                0,
                canvas.Duration + 0.1,
                time => new Pose(
                    direction > 0 ? -travel * time / canvas.Duration : -travel * (1 - (time / canvas.Duration)),
                    top + (bob * Math.Sin((time * 1.5) + phase)) + (0.22 * canvas.Height * (1 - Ease.OutStrong((time - delay) / 1.5)))),
                stage.Palette.Ground(nearness),
                path);
        }
    }

    private static void Title(Stage stage, SubtitleScript script, double horizon)
    {
        var canvas = stage.Canvas;
        var isBookish = stage.Random.Chance(0.5);
        var style = isBookish
            ? new TitleStyle(Lettering.Serif, Reveal.Focus, stage.Palette.Ink) { Largest = 15, Leading = 1.02 }
            : new TitleStyle(Lettering.Heavy, Reveal.Rise, stage.Palette.Ink) { Largest = 12.5, Leading = 1.1, Tracking = -0.015 };
        var box = canvas.IsWide ? canvas.At(0.1, 0.1, 0.9, horizon - 0.2) : canvas.At(0.08, 0.13, 0.92, horizon - 0.16);
        foreach (var card in stage.Titles.Cards)
        {
            new TitleBlock(stage, card, box, style).Draw(script);
        }

        Labels.Caption(stage, script, canvas.At(0.1, 0.9, 0.9, 0.94), stage.Palette.IsLight ? stage.Palette.Stops[0] : stage.Palette.Ink, 0);
    }
}
