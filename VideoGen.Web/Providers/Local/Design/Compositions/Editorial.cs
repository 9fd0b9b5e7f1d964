using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design.Compositions;

/// <summary>The opening page of a magazine: a fine frame, bookish letters, a curtain of light behind.</summary>
internal static class Editorial
{
    public static Scene Draw(Stage stage)
    {
        var (canvas, palette, random, unit) = (stage.Canvas, stage.Palette, stage.Random, stage.Unit);
        var script = new SubtitleScript(canvas);
        var inset = 6 * unit;
        Frame(stage, script, new Box(inset, inset, canvas.Width - inset, canvas.Height - inset));

        var isLeft = canvas.IsWide && random.Chance(0.5);
        var box = canvas.IsWide ? (isLeft ? canvas.At(0.1, 0.2, 0.8, 0.76) : canvas.At(0.13, 0.22, 0.87, 0.74)) : canvas.At(0.13, 0.24, 0.87, 0.74);
        var isItalic = random.Chance(0.6);
        foreach (var card in stage.Titles.Cards)
        {
            var title = new TitleBlock(stage, card, box, new TitleStyle(isItalic ? Lettering.Italic : Lettering.Serif, Reveal.Focus, palette.Ink)
            {
                Largest = canvas.IsWide ? 20 : 16,
                Leading = 0.98,
                Tracking = -0.01,
                Align = isLeft ? -1 : 0,
            });
            title.Draw(script);
            Rule(stage, script, card, title, isLeft);
        }

        Labels.Caption(
            stage, script, isLeft ? canvas.At(0.1, 0.83, 0.9, 0.87) : canvas.At(0.13, 0.83, 0.87, 0.87), palette.Ink, isLeft ? -1 : 0);
        Backdrop backdrop = random.Chance(0.6) ? new AuroraBackdrop(palette, random) : new MeshBackdrop(palette, 0.8, random);
        return new Scene("editorial", palette, canvas, backdrop, script);
    }

    // The frame is drawn as by a pen: each side grows from its corner.
    private static void Frame(Stage stage, SubtitleScript script, Box box)
    {
        var (canvas, palette) = (stage.Canvas, stage.Palette);
        var thick = Math.Max(1, 0.2 * stage.Unit);
        (double X, double Y, double Width, double Height, double Delay)[] sides =
        [
            (box.Left, box.Top, box.Width, thick, 0), (box.Right - thick, box.Top, thick, box.Height, 0.25),
            (box.Left, box.Bottom - thick, box.Width, thick, 0.5), (box.Left, box.Top, thick, box.Height, 0.25),
        ];
        foreach (var side in sides)
        {
            double Drawn(double time) => Ease.InOut((time - side.Delay) / 1.1);
            script.Shape(
                20,
                0,
                canvas.Duration + 0.1,
                time => new Pose(side.X, side.Y)
                {
                    Opacity = 0.6,
                    Clip = side.Width > side.Height
                        ? new Box(side.X, side.Y - 2, side.X + (side.Width * Drawn(time)), side.Y + thick + 2)
                        : new Box(side.X - 2, side.Y, side.X + thick + 2, side.Y + (side.Height * Drawn(time))),
                },
                palette.Ink,
                Outline.Rectangle(0, 0, side.Width, side.Height));
        }
    }

    private static void Rule(Stage stage, SubtitleScript script, Card card, TitleBlock title, bool isLeft)
    {
        var unit = stage.Unit;
        var length = 10 * unit;
        var (x, y) = (isLeft ? title.Left : stage.Canvas.Width / 2.0, title.Bottom + (0.34 * title.Size) + (2.5 * unit));
        var rule = Outline.Rectangle(0, 0, length, 0.45 * unit);
        Func<double, Pose> pose = time => new Pose(x, y)
        {
            Stretch = Math.Max(0.001, Ease.OutStrong((time - card.Start - 0.35) / 1.0)),
            Opacity = Ease.Clamp((card.End - time) / 0.25),
        };
        if (isLeft)
        {
            script.Shape(40, card.Start, card.End, pose, stage.Palette.Accent, rule);
        }
        else
        {
            script.Centred(40, card.Start, card.End, pose, stage.Palette.Accent, rule);
        }
    }
}
