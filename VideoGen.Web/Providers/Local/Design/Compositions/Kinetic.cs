using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design.Compositions;

/// <summary>Words as big as the picture, one beat each, while sheets of colour sweep across; the whole phrase at the end.</summary>
internal static class Kinetic
{
    private const double Beat = 0.62;
    private const int MostBeats = 14;

    public static Scene Draw(Stage stage)
    {
        var (canvas, palette, random) = (stage.Canvas, stage.Palette, stage.Random);
        var script = new SubtitleScript(canvas);
        Colour[] sheets = palette.IsLight
            ? [palette.Stops[0], palette.Stops[2], palette.Accent, palette.Stops[3]]
            : [palette.Stops[1], palette.Stops[2], palette.Accent, palette.Stops[0], palette.Stops[3]];
        var cards = Beats(stage);
        var (current, previous) = (random.Index(sheets.Length), sheets[0]);
        for (var index = 0; index < cards.Count; index++)
        {
            previous = sheets[current];
            current = (current + 1 + random.Index(sheets.Length - 1)) % sheets.Length;
            var end = index + 1 < cards.Count ? cards[index + 1].Start + 0.6 : canvas.Duration + 0.1;
            Sweep(stage, script, sheets[current], index == 0 ? 0 : cards[index].Start - 0.12, end, index);
            var ink = Readable(sheets[current], palette);
            var accent = sheets[current] == palette.Accent ? palette.Stops[^1].Mix(ink, 0.2) : palette.Accent;
            Ornament(stage, script, accent, cards[index], index);
            Write(stage, script, cards[index] with { Start = cards[index].Start + 0.1 }, ink, index);
        }

        return new Scene("kinetic", palette, canvas, new PaperBackdrop(previous, palette.Stops[1], random), script);
    }

    private static List<Card> Beats(Stage stage)
    {
        var duration = stage.Canvas.Duration;
        var phrases = stage.Titles.Cards.Select(card => card.Words).Distinct(StringComparer.Ordinal).ToList();
        if (phrases.Count == 0)
        {
            return [new Card("", 0, duration)];
        }

        var words = TitleText.Phrases(string.Join(" , ", phrases), 9);
        var whole = stage.Titles.Cards[^1].Words;
        var beats = Math.Min(MostBeats, (int)((duration - 1.6) / Beat));
        if (words.Count < 2 || beats < 2)
        {
            return [new Card(whole, 0.15, duration)];
        }

        var shown = words.Take(beats).ToList();
        var step = Math.Min(1.3, Math.Max(Beat, duration * 0.62 / shown.Count));
        List<Card> cards = [.. shown.Select((word, index) => new Card(word, 0.15 + (index * step), 0.15 + ((index + 1) * step)))];
        cards.Add(new Card(whole, cards[^1].End, duration));
        return cards;
    }

    private static void Write(Stage stage, SubtitleScript script, Card card, Colour ink, int index)
    {
        if (card.Words.Length == 0)
        {
            return;
        }

        var canvas = stage.Canvas;
        var isLast = card.End >= canvas.Duration - 0.01;
        var box = isLast ? canvas.At(0.1, 0.2, 0.9, 0.8) : canvas.At(0.06, 0.12, 0.94, 0.88);
        new TitleBlock(stage, card, box, new TitleStyle(isLast ? Lettering.Heavy : Lettering.Condensed, index % 2 == 0 || isLast ? Reveal.Rise : Reveal.Land, ink)
        {
            InCapitals = !isLast,
            Largest = isLast ? 16 : 84,
            Leading = isLast ? 1.08 : 0.9,
            Tracking = isLast ? -0.02 : 0,
        }).Draw(script);
    }

    private static void Sweep(Stage stage, SubtitleScript script, Colour colour, double start, double end, int index)
    {
        var canvas = stage.Canvas;
        var (w, h) = (canvas.Width, canvas.Height);
        if (index == 0)
        {
            script.Shape(1, 0, end, _ => new Pose(0, 0), colour, Outline.Rectangle(0, 0, w, h));
            return;
        }

        double Way(double time) => Ease.InOut((time - start) / 0.4);
        var layer = 1 + index;
        switch (stage.Random.Index(3))
        {
            case 0:
                var from = stage.Random.Sign();
                script.Shape(layer, start, end, time => new Pose(from * w * (1 - Way(time)), 0), colour, Outline.Rectangle(0, 0, w, h));
                break;
            case 1:
                var reach = Math.Sqrt((w * w) + (h * h)) / 2;
                script.Centred(layer, start, end, time => new Pose(w / 2.0, h / 2.0) { Scale = Math.Max(0.001, Way(time)) }, colour, Outline.Circle(reach));
                break;
            default:
                var slant = 0.35 * h;
                script.Shape(
                    layer, start, end, time => new Pose((w + slant) * (Way(time) - 1), 0), colour, Outline.Of([[(-slant, 0), (w + slant, 0), (w, h), (-slant, h)]]));
                break;
        }
    }

    private static void Ornament(Stage stage, SubtitleScript script, Colour colour, Card card, int index)
    {
        var (canvas, random, unit) = (stage.Canvas, stage.Random, stage.Unit);
        var (corner, radius) = (index + random.Index(4), random.Between(14, 30) * unit);
        var (x, y) = (corner % 2 == 0 ? 0 : canvas.Width, corner / 2 % 2 == 0 ? 0 : canvas.Height);
        Func<double, Pose> pose = time => new Pose(x, y)
        {
            Scale = Math.Max(0.001, Ease.OutStrong((time - card.Start) / 0.8) * (1 + (0.05 * (time - card.Start)))) * Ease.Clamp((card.End - time + 0.1) / 0.2),
            Opacity = time < card.Start ? 0 : 0.95,
        };
        script.Centred(30, card.Start, Math.Min(card.End + 0.1, canvas.Duration + 0.1), pose, colour, random.Chance(0.5) ? Outline.Circle(radius) : Outline.Ring(radius, radius * 0.4));
    }

    private static Colour Readable(Colour sheet, Palette palette)
    {
        var (light, dark) = palette.IsLight ? (palette.Stops[0], palette.Ink) : (palette.Ink, palette.Stops[0]);
        return sheet.Lightness > 0.68 ? dark : light;
    }
}
