using System.Globalization;
using System.Text;

namespace VideoGen.Web.Providers.Local.Design;

/// <summary>
/// Everything with an edge, words and shapes, as a subtitle script (ASS): ffmpeg draws it with libass, which moves things by
/// fractions of a pixel, shapes every script of the world and takes fonts from fontconfig. Words reach ffmpeg only in this file.
/// </summary>
internal sealed class SubtitleScript(Canvas canvas)
{
    private readonly List<(int Layer, string Line)> _events = [];

    /// <summary>Draws a shape or a line of words that moves by <paramref name="pose"/>, a function of seconds.</summary>
    /// <param name="look">What stays the same: colour, font, alignment; made with <see cref="Look"/>.</param>
    public void Animate(int layer, double from, double to, Func<double, Pose> pose, string look, IReadOnlyList<Piece> pieces)
    {
        to = Math.Min(to, canvas.Duration + 0.1);
        const double coarse = 0.32;
        for (var start = from; start < to - 0.001; start += coarse)
        {
            Emit(layer, start, Math.Min(start + coarse, to), pose, look, pieces);
        }
    }

    /// <summary>Draws a shape so that the origin of its coordinates lies at the pose.</summary>
    public void Shape(int layer, double from, double to, Func<double, Pose> pose, Colour colour, Outline outline) =>
        Animate(layer, from, to, Shifted(pose, outline), Look(colour, 7), [Piece.Path(outline.Path)]);

    /// <summary>Draws a shape with its middle at the pose, about which it turns and grows.</summary>
    public void Centred(int layer, double from, double to, Func<double, Pose> pose, Colour colour, Outline outline) =>
        Animate(layer, from, to, pose, Look(colour, 5), [Piece.Path(outline.Path)]);

    /// <summary>Tags for colour and alignment (numpad places: 7 top left, 5 middle).</summary>
    public static string Look(Colour colour, int alignment) =>
        string.Create(CultureInfo.InvariantCulture, $@"\an{alignment}\1c{colour.ToScript()}");

    /// <summary>Text that stands for itself, whatever braces and backslashes it has.</summary>
    public static string Escape(string text) =>
        // A word joiner after a backslash keeps libass from reading an order into it, and has no picture.
        text.Replace("\\", "\\\u2060", StringComparison.Ordinal).Replace("{", "\\{", StringComparison.Ordinal).Replace("}", "\\}", StringComparison.Ordinal);

    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"""
            [Script Info]
            ScriptType: v4.00+
            PlayResX: {canvas.Width}
            PlayResY: {canvas.Height}
            WrapStyle: 2
            ScaledBorderAndShadow: yes
            YCbCr Matrix: None

            [V4+ Styles]
            Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
            Style: D,sans-serif,40,&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,0,0,7,0,0,0,-1

            [Events]
            Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text

            """);
        foreach (var (_, line) in _events.OrderBy(entry => entry.Layer))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    // A stretch becomes one event when going straight between its ends is as good as the real curve.
    private void Emit(int layer, double start, double end, Func<double, Pose> pose, string look, IReadOnlyList<Piece> pieces)
    {
        var middle = (start + end) / 2;
        if (end - start > 0.045 && !(IsStraight(pose, start, middle, end) && pieces.All(piece => IsStraight(piece.Look, start, middle, end))))
        {
            Emit(layer, start, middle, pose, look, pieces);
            Emit(layer, middle, end, pose, look, pieces);
            return;
        }

        var (a, b) = (pose(start), pose(end));
        if ((a.Opacity <= 0.004 && b.Opacity <= 0.004) || end <= 0)
        {
            return;
        }

        var text = new StringBuilder("{").Append(look).Append(a.Tags(b));
        foreach (var piece in pieces)
        {
            text.Append(piece.Tags(a.Opacity, b.Opacity, start, end)).Append('}').Append(piece.Text).Append('{');
        }

        text.Length--;
        _events.Add((layer, string.Create(
            CultureInfo.InvariantCulture, $"Dialogue: {layer},{Clock(start)},{Clock(end)},D,,0,0,0,,{text}")));
    }

    private static Func<double, Pose> Shifted(Func<double, Pose> pose, Outline outline) => time =>
    {
        var at = pose(time);
        return at with { X = at.X + outline.Left, Y = at.Y + outline.Top };
    };

    private static bool IsStraight(Func<double, Pose> pose, double start, double middle, double end)
    {
        var (a, m, b) = (pose(start), pose(middle), pose(end));
        return Math.Abs(((a.X + b.X) / 2) - m.X) < 0.2
            && Math.Abs(((a.Y + b.Y) / 2) - m.Y) < 0.2
            && Math.Abs(((a.Scale + b.Scale) / 2) - m.Scale) < 0.002
            && Math.Abs(((a.Turn + b.Turn) / 2) - m.Turn) < 0.1
            && Math.Abs(((a.Opacity + b.Opacity) / 2) - m.Opacity) < 0.01
            && Math.Abs(((a.Spacing + b.Spacing) / 2) - m.Spacing) < 0.1
            && Box.IsStraight(a.Clip, m.Clip, b.Clip);
    }

    private static bool IsStraight(Func<double, PieceLook>? look, double start, double middle, double end)
    {
        if (look is null)
        {
            return true;
        }

        var (a, m, b) = (look(start), look(middle), look(end));
        return Math.Abs(((a.Opacity + b.Opacity) / 2) - m.Opacity) < 0.01 && Math.Abs(((a.Blur + b.Blur) / 2) - m.Blur) < 0.15;
    }

    private static string Clock(double seconds)
    {
        var hundredths = (long)Math.Round(Math.Max(seconds, 0) * 100);
        return string.Create(
            CultureInfo.InvariantCulture, $"{hundredths / 360000}:{hundredths / 6000 % 60:00}:{hundredths / 100 % 60:00}.{hundredths % 100:00}");
    }
}

/// <summary>How something stands at one moment. Pixels; scale 1 and opacity 1 are as drawn.</summary>
internal readonly record struct Pose(double X, double Y)
{
    public double Scale { get; init; } = 1;

    /// <summary>Width against height, 1 as drawn.</summary>
    public double Stretch { get; init; } = 1;

    /// <summary>Degrees, counter-clockwise.</summary>
    public double Turn { get; init; }

    public double Opacity { get; init; } = 1;

    public double Blur { get; init; }

    /// <summary>Pixels between letters on top of the font's own.</summary>
    public double Spacing { get; init; }

    /// <summary>Only what is inside is seen; <see langword="null"/> shows all.</summary>
    public Box? Clip { get; init; }

    /// <summary>Override tags for going from here to another pose in the time of the event.</summary>
    public string Tags(Pose to)
    {
        var tags = new StringBuilder().Append(CultureInfo.InvariantCulture, $@"\move({X:0.##},{Y:0.##},{to.X:0.##},{to.Y:0.##})");
        Change(tags, "fscx", Scale * Stretch * 100, to.Scale * to.Stretch * 100, 100);
        Change(tags, "fscy", Scale * 100, to.Scale * 100, 100);
        Change(tags, "frz", Turn, to.Turn, 0);
        Change(tags, "fsp", Spacing, to.Spacing, 0);
        Change(tags, "blur", Blur, to.Blur, 0);
        if (Clip is { } box)
        {
            tags.Append(box.ToScript());
            if (to.Clip is { } other && other != box)
            {
                tags.Append(@"\t(").Append(other.ToScript()).Append(')');
            }
        }

        return tags.ToString();
    }

    internal static void Change(StringBuilder tags, string tag, double from, double to, double standard)
    {
        if (Math.Abs(from - standard) < 0.005 && Math.Abs(to - standard) < 0.005)
        {
            return;
        }

        tags.Append(CultureInfo.InvariantCulture, $@"\{tag}{from:0.##}");
        if (Math.Abs(from - to) > 0.005)
        {
            tags.Append(CultureInfo.InvariantCulture, $@"\t(\{tag}{to:0.##})");
        }
    }
}

/// <summary>Opacity and blur of one piece of a line.</summary>
internal readonly record struct PieceLook(double Opacity, double Blur);

/// <summary>Part of a line: words that come and go on their own, or a drawn path.</summary>
internal sealed record Piece(string Text, Func<double, PieceLook>? Look = null)
{
    public static Piece Words(string words, Func<double, PieceLook>? look = null) => new(SubtitleScript.Escape(words), look);

    public static Piece Path(string path) => new($@"{{\p1}}{path}{{\p0}}");

    public string Tags(double lineFrom, double lineTo, double start, double end)
    {
        var (a, b) = (Look?.Invoke(start) ?? new PieceLook(1, 0), Look?.Invoke(end) ?? new PieceLook(1, 0));
        var tags = new StringBuilder();
        var (from, to) = (Alpha(a.Opacity * lineFrom), Alpha(b.Opacity * lineTo));
        tags.Append(CultureInfo.InvariantCulture, $@"\alpha&H{from:X2}&");
        if (from != to)
        {
            tags.Append(CultureInfo.InvariantCulture, $@"\t(\alpha&H{to:X2}&)");
        }

        if (Look is not null)
        {
            Pose.Change(tags, "blur", a.Blur, b.Blur, 0);
            if (a.Blur < 0.005 && b.Blur < 0.005)
            {
                tags.Append(@"\blur0");
            }
        }

        return tags.ToString();
    }

    private static int Alpha(double opacity) => 255 - (int)Math.Round(Math.Clamp(opacity, 0, 1) * 255);
}
