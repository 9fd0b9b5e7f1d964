using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design.Compositions;

/// <summary>A poster of the Swiss kind: a board of turning geometric tiles beside heavy words set flush left.</summary>
internal static class Poster
{
    public static Scene Draw(Stage stage)
    {
        var (canvas, palette, random) = (stage.Canvas, stage.Palette, stage.Random);
        var script = new SubtitleScript(canvas);
        var board = canvas.IsWide ? canvas.At(0.56, 0, 1, 1) : canvas.At(0, 0, 1, 0.52);
        var columns = canvas.IsWide ? 3 : 4;
        var tile = board.Width / columns;
        var rows = (int)Math.Ceiling(board.Height / tile);
        var top = canvas.IsWide ? (canvas.Height - (rows * tile)) / 2 : board.Bottom - (rows * tile);
        Colour[] colours = palette.IsLight
            ? [palette.Stops[3], palette.Stops[2], palette.Accent, palette.Ink, palette.Stops[1]]
            : [palette.Stops[2], palette.Stops[3], palette.Accent, palette.Stops[1], palette.Ink];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                Tile(stage, script, new Box(board.Left + (column * tile), top + (row * tile), board.Left + ((column + 1) * tile), top + ((row + 1) * tile)), colours, 0.06 * (row + column));
            }
        }

        Title(stage, script);
        return new Scene("poster", palette, canvas, new PaperBackdrop(palette.Stops[0], palette.Stops[1], random), script);
    }

    private static void Tile(Stage stage, SubtitleScript script, Box box, Colour[] colours, double delay)
    {
        var (canvas, random) = (stage.Canvas, stage.Random);
        var side = box.Width;
        var ground = random.Pick(colours);
        var figure = random.Pick([.. colours.Where(colour => colour != ground)]);
        Func<double, Pose> grow = time => new Pose(box.CentreX, box.CentreY) { Scale = Math.Max(0.001, Ease.OutStrong((time - delay) / 0.9)) };
        script.Centred(10, 0, canvas.Duration + 0.1, grow, ground, Outline.Rectangle(0, 0, side + 1, side + 1));

        // Every so often a tile makes a quarter turn; each has its own beat.
        var (beat, offset, sense, first) = (random.Between(1.6, 3), random.Between(0.4, 1.8), random.Sign(), 90.0 * random.Index(4));
        Func<double, Pose> turn = time => grow(time) with { Turn = first + (sense * 90 * Turns(time)) };
        double Turns(double time)
        {
            var beats = Math.Max(0, (time - offset) / beat);
            return Math.Floor(beats) + Ease.InOut((beats - Math.Floor(beats)) * beat / 0.7);
        }

        var shape = random.Index(5) switch
        {
            0 => Outline.Quarter(side + 1),
            1 => Outline.Circle(side * 0.36),
            2 => Outline.Of([[(0, 0), (side + 1, 0), (0, side + 1)]]),
            3 => Outline.Ring(side * 0.4, side * 0.13),
            _ => Outline.Of([[(0, 0), (side + 2, 0), (side + 2, (side / 2) + 1), (0, (side / 2) + 1)]]),
        };
        var (dx, dy) = shape.Width < side * 0.95 || shape.Height > side * 0.95 ? (0.0, 0.0) : (0, -side / 4);
        script.Animate(
            11,
            0,
            canvas.Duration + 0.1,
            time =>
            {
                var pose = turn(time);
                var angle = -pose.Turn * Math.PI / 180;
                var scale = pose.Scale;
                return pose with
                {
                    Clip = box,
                    X = pose.X + (scale * ((dx * Math.Cos(angle)) - (dy * Math.Sin(angle)))),
                    Y = pose.Y + (scale * ((dx * Math.Sin(angle)) + (dy * Math.Cos(angle)))),
                };
            },
            SubtitleScript.Look(figure, 5),
            [Piece.Path(shape.Path)]);
    }

    private static void Title(Stage stage, SubtitleScript script)
    {
        var (canvas, palette, unit) = (stage.Canvas, stage.Palette, stage.Unit);
        var box = canvas.IsWide ? canvas.At(0.06, 0.2, 0.52, 0.86) : canvas.At(0.08, 0.6, 0.94, 0.91);
        var bar = canvas.IsWide ? new Box(box.Left, canvas.Height * 0.12, 0, 0) : new Box(box.Left, canvas.Height * 0.565, 0, 0);
        script.Shape(
            40,
            0,
            canvas.Duration + 0.1,
            time => new Pose(bar.Left, bar.Top) { Stretch = Math.Max(0.001, Ease.OutStrong((time - 0.2) / 1.1)) },
            palette.Accent,
            Outline.Rectangle(0, 0, 16 * unit, 1.3 * unit));
        foreach (var card in stage.Titles.Cards)
        {
            new TitleBlock(stage, card, box, new TitleStyle(Lettering.Heavy, Reveal.Rise, palette.Ink)
            {
                Largest = 13.5,
                Leading = 1.02,
                Tracking = -0.03,
                Align = -1,
                Rest = 0,
            }).Draw(script);
        }

        Labels.Caption(
            stage,
            script,
            canvas.IsWide ? canvas.At(0.06, 0.88, 0.52, 0.92) : canvas.At(0.08, 0.93, 0.92, 0.955),
            palette.Ink,
            -1);
    }
}
