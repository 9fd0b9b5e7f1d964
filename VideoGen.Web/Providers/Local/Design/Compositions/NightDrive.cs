using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design.Compositions;

/// <summary>A glowing grid that comes towards you, under a striped sun.</summary>
internal static class NightDrive
{
    private const double Horizon = 0.62;

    public static Scene Draw(Stage stage)
    {
        var (canvas, palette, random) = (stage.Canvas, stage.Palette, stage.Random);
        var script = new SubtitleScript(canvas);
        Sky.Stars(stage, script, Horizon * 0.9, 60);
        StripedSun(stage, script);
        script.Shape(8, 0, canvas.Duration + 0.1, _ => new Pose(0, Horizon * canvas.Height), OkLab.Of(palette.Stops[0]).Dim(0.8).ToColour(), Outline.Rectangle(0, 0, canvas.Width, canvas.Height * (1 - Horizon)));
        Grid(stage, script, random.Between(0.55, 0.8));
        Title(stage, script);
        return new Scene("night drive", palette, canvas, new SkyBackdrop(palette, Horizon, _ => (0.5, Horizon - 0.08)), script);
    }

    private static void StripedSun(Stage stage, SubtitleScript script)
    {
        var (canvas, palette, unit) = (stage.Canvas, stage.Palette, stage.Unit);
        var radius = 23 * unit;
        var (x, foot) = (canvas.Width / 2.0, Horizon * canvas.Height);
        Func<double, double> rise = time => foot - (radius * (0.2 + (0.32 * Ease.OutStrong(time / 2.2))));
        const int bands = 15;
        for (var band = 0; band < bands; band++)
        {
            // Bands of a disc, the gaps growing downwards.
            var (from, share) = (-1 + (2.0 * band / bands), band / (bands - 1.0));
            var to = from + ((2.0 / bands) * (band < 4 ? 1.02 : 1.02 - (0.75 * (share - 0.2))));
            List<(double X, double Y)> right = [];
            for (var step = 0; step <= 6; step++)
            {
                var y = Math.Clamp(from + ((to - from) * step / 6), -1, 1);
                right.Add((Math.Sqrt(1 - (y * y)) * radius, y * radius));
            }

            var outline = Outline.Of([[.. right, .. right.AsEnumerable().Reverse().Select(point => (-point.X, point.Y))]]);
            script.Shape(5, 0, canvas.Duration + 0.1, time => new Pose(x, rise(time)) { Opacity = Ease.Out(time / 0.8) }, palette.Accent.Mix(palette.Stops[2].Mix(palette.Accent, 0.4), 1 - share), outline);
        }
    }

    private static void Grid(Stage stage, SubtitleScript script, double speed)
    {
        var (canvas, palette, unit) = (stage.Canvas, stage.Palette, stage.Unit);
        var (top, depth) = (Horizon * canvas.Height, canvas.Height * (1 - Horizon));
        var colour = palette.Stops[3].Mix(palette.Accent, 0.35);
        List<IReadOnlyList<(double X, double Y)>> rays = [];
        for (var ray = -14; ray <= 14; ray++)
        {
            var (near, far, half) = ((ray + 0.5) * 26 * unit, (ray + 0.5) * 3.4 * unit, 0.22 * unit);
            rays.Add([(far - (half * 0.25), 0), (far + (half * 0.25), 0), (near + half, depth), (near - half, depth)]);
        }

        var fan = Outline.Of(rays);
        Func<double, Pose> still = time => new Pose(canvas.Width / 2.0, top) { Opacity = 0.75 * Ease.Out(time / 1.4) };
        script.Shape(9, 0, canvas.Duration + 0.1, time => still(time) with { Opacity = still(time).Opacity * 0.45, Blur = 0.9 * unit }, colour, fan);
        script.Shape(10, 0, canvas.Duration + 0.1, still, colour, fan);

        const int lines = 9;
        var bar = Outline.Rectangle(0, 0, canvas.Width, 0.42 * unit);
        for (var line = 0; line < lines; line++)
        {
            // Each line runs from the horizon to the viewer again and again.
            for (var cycle = -1; cycle < canvas.Duration * speed; cycle++)
            {
                var start = (cycle + (line / (double)lines)) / speed;
                var end = start + (1 / speed);
                script.Shape(
                    10,
                    Math.Max(0, start),
                    Math.Min(end, canvas.Duration + 0.1),
                    time =>
                    {
                        var way = Ease.Clamp((time - start) * speed);
                        return new Pose(0, top + (depth * Math.Pow(way, 2.6))) { Opacity = Ease.Clamp(way * 3) * 0.85 * Ease.Out(time / 1.4) };
                    },
                    colour,
                    bar);
            }
        }

        script.Shape(11, 0, canvas.Duration + 0.1, time => new Pose(0, top - (0.25 * unit)) { Opacity = Ease.Out(time), Blur = 0.35 * unit }, palette.Ink.Mix(colour, 0.3), Outline.Rectangle(0, 0, canvas.Width, 0.5 * unit));
    }

    private static void Title(Stage stage, SubtitleScript script)
    {
        var canvas = stage.Canvas;
        var box = canvas.IsWide ? canvas.At(0.08, 0.09, 0.92, 0.44) : canvas.At(0.07, 0.12, 0.93, 0.46);
        foreach (var card in stage.Titles.Cards)
        {
            new TitleBlock(stage, card, box, new TitleStyle(Lettering.Condensed, Reveal.Land, stage.Palette.Ink)
            {
                InCapitals = true,
                Largest = 24,
                Leading = 0.92,
                Tracking = 0.02,
                Glow = stage.Palette.Accent,
            }).Draw(script);
        }

        Labels.Caption(stage, script, canvas.At(0.1, 0.88, 0.9, 0.92), stage.Palette.Ink, 0);
    }
}
