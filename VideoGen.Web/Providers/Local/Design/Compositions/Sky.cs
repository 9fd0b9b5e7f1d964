namespace VideoGen.Web.Providers.Local.Design.Compositions;

/// <summary>Small things in the air.</summary>
internal static class Sky
{
    public static void Stars(Stage stage, SubtitleScript script, double lowest, int count)
    {
        var (canvas, random) = (stage.Canvas, stage.Random);
        for (var star = 0; star < count; star++)
        {
            var (x, y) = (random.Between(0, canvas.Width), random.Between(0, lowest) * canvas.Height);
            var (radius, phase, speed) = (random.Between(0.1, 0.26) * stage.Unit, random.Between(0, Math.Tau), random.Between(0.6, 2));
            var strength = random.Between(0.25, 0.8) * (1 - (0.6 * y / (lowest * canvas.Height)));
            script.Centred(
                2,
                0,
                canvas.Duration + 0.1,
                time => new Pose(x, y) { Opacity = strength * Ease.Clamp(time / 1.2) * (0.7 + (0.3 * Math.Sin((time * speed) + phase))) },
                stage.Palette.Ink,
                Outline.Circle(radius));
        }
    }

    /// <summary>Snow.</summary>
    public static void Fall(Stage stage, SubtitleScript script, Colour colour)
    {
        var (canvas, random) = (stage.Canvas, stage.Random);
        for (var flake = 0; flake < 40; flake++)
        {
            var near = random.Next();
            var (x, y, phase) = (random.Between(-0.05, 1.05) * canvas.Width, random.Between(-1.1, 1) * canvas.Height, random.Between(0, Math.Tau));
            var (speed, radius) = ((7 + (9 * near)) * stage.Unit, (0.2 + (0.45 * near)) * stage.Unit);
            script.Centred(
                30,
                0,
                canvas.Duration + 0.1,
                time => new Pose(x + (2.2 * stage.Unit * Math.Sin((time * 0.9) + phase)), y + (speed * time)) { Opacity = 0.3 + (0.5 * near), Blur = 1 + near },
                colour,
                Outline.Circle(radius));
        }
    }
}
