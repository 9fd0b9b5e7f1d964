using System.Globalization;
using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Web.Providers.Local.Design;

/// <summary>How words come in.</summary>
internal enum Reveal
{
    /// <summary>Line after line rises out of nothing.</summary>
    Rise,

    /// <summary>Word after word comes into focus.</summary>
    Focus,

    /// <summary>Letters fade in and drift together.</summary>
    Gather,

    /// <summary>Lines land with a bounce.</summary>
    Land,
}

/// <summary>The look of a title.</summary>
internal sealed record TitleStyle(Lettering Lettering, Reveal Reveal, Colour Colour)
{
    public bool InCapitals { get; init; }

    /// <summary>Largest em, in units of the canvas.</summary>
    public double Largest { get; init; } = 18;

    public double Leading { get; init; } = 1.05;

    /// <summary>Between letters, in em.</summary>
    public double Tracking { get; init; }

    /// <summary>-1 left, 0 middle, 1 right.</summary>
    public int Align { get; init; }

    /// <summary>0 top of the box, 0.5 middle, 1 bottom.</summary>
    public double Rest { get; init; } = 0.5;

    /// <summary>A soft light in this colour behind the letters.</summary>
    public Colour? Glow { get; init; }

    public int Layer { get; init; } = 50;
}

/// <summary>Writes one phrase into a box and moves it.</summary>
internal sealed class TitleBlock
{
    private const double CapHeight = 0.72;
    private const double InTime = 0.8;
    private const double OutTime = 0.35;

    private readonly Stage _stage;
    private readonly Card _card;
    private readonly TitleStyle _style;
    private readonly FontFace _face;
    private readonly TitleLayout _layout;
    private readonly Box _box;
    private readonly double _tracking;
    private readonly bool _isLast;

    public TitleBlock(Stage stage, Card card, Box box, TitleStyle style)
    {
        (_stage, _card, _style, _box) = (stage, card, style, box);
        var words = style.InCapitals ? card.Words.ToUpperInvariant() : card.Words;
        _face = stage.Fonts.Find(style.Lettering, words);
        _tracking = TitleText.CanBeTracked(words) ? style.Tracking : 0;
        _layout = TitleLayout.Fit(words, _face, box, style.Largest * stage.Unit, style.Leading, _tracking);
        _isLast = card.End >= stage.Canvas.Duration - 0.01;
        Height = (CapHeight + ((_layout.Lines.Count - 1) * style.Leading)) * _layout.Size;
        Top = box.Top + ((box.Height - Height) * style.Rest);
        Width = _layout.Lines.Max(line => TitleLayout.WidthOf(line, _face, _tracking)) * _layout.Size;
    }

    /// <summary>Top of the capitals of the first line.</summary>
    public double Top { get; }

    public double Height { get; }

    public double Bottom => Top + Height;

    public double Width { get; }

    public double Size => _layout.Size;

    public double Left => _box.Left + ((_box.Width - Width) * (_style.Align + 1) / 2);

    public void Draw(SubtitleScript script)
    {
        var wordsBefore = 0;
        for (var index = 0; index < _layout.Lines.Count; index++)
        {
            if (_style.Glow is { } glow)
            {
                DrawLine(script, index, wordsBefore, glow, isGlow: true);
            }

            DrawLine(script, index, wordsBefore, _style.Colour, isGlow: false);
            wordsBefore += _layout.Lines[index].Count(letter => letter == ' ') + 1;
        }
    }

    private void DrawLine(SubtitleScript script, int index, int wordsBefore, Colour colour, bool isGlow)
    {
        var size = _layout.Size;
        var baseline = Top + (((CapHeight + (index * _style.Leading))) * size);
        var look = SubtitleScript.Look(colour, 8 + _style.Align) + string.Create(
            CultureInfo.InvariantCulture,
            $@"\fn{_face.Family}\b{_face.Weight}\i{(_face.IsItalic ? 1 : 0)}\fs{_face.LineHeight * size:0.##}");
        var pose = Motion(index, baseline);
        var opacity = isGlow ? 0.55 : 1;
        script.Animate(
            _style.Layer - (isGlow ? 1 : 0),
            _card.Start,
            _card.End + (_isLast ? 0.2 : 0),
            isGlow ? time => pose(time) with { Blur = size * 0.16, Opacity = pose(time).Opacity * opacity } : pose,
            look,
            Pieces(_layout.Lines[index], wordsBefore, isGlow));
    }

    private Func<double, Pose> Motion(int line, double baseline)
    {
        var size = _layout.Size;
        // Tracking also follows the last letter, where it would push a line off its place.
        var x = _box.Left + (_box.Width * (_style.Align + 1) / 2) + (_tracking * size * (_style.Align + 1) / 2);
        var y = baseline - (_face.Ascent * size);
        var start = _card.Start + (line * 0.13);
        var inTime = Math.Min(InTime, _card.Length * 0.4);
        var outTime = Math.Min(OutTime, _card.Length * 0.2);
        var spacing = _tracking * size;
        double In(double time) => (time - start) / inTime;
        double Leaving(double time) => _isLast ? 0 : Ease.In((time - (_card.End - outTime)) / outTime);
        double Share(double time) => Ease.Clamp((time - _card.Start) / _card.Length);

        var window = new Box(0, baseline - (size * 1.02), _stage.Canvas.Width, baseline + (size * 0.3));
        return _style.Reveal switch
        {
            Reveal.Rise => time => new Pose(x, y + (size * ((1.2 * (1 - Ease.OutStrong(In(time)))) - (1.25 * Leaving(time)))))
            {
                Spacing = spacing,
                Clip = time < start + inTime || Leaving(time) > 0 ? window : window with { Top = window.Top - size, Bottom = window.Bottom + size },
                Opacity = In(time) <= 0 ? 0 : 1,
            },
            Reveal.Focus => time => new Pose(x, y + (size * 0.16 * (1 - Ease.OutStrong(In(time)))))
            {
                Spacing = spacing,
                Scale = 1 + (0.035 * Share(time)),
                Opacity = 1 - Leaving(time),
            },
            Reveal.Gather => time => new Pose(x, y)
            {
                Spacing = spacing + (_tracking == 0 ? 0 : size * ((0.16 * (1 - Ease.OutStrong(In(time) * 0.6))) - (0.012 * Share(time)))),
                Scale = 1 + (0.02 * Share(time)),
                Blur = size * 0.08 * (1 - Ease.Out(In(time))),
                Opacity = Ease.Out(In(time)) * (1 - Leaving(time)),
            },
            Reveal.Land => time => new Pose(x, y + (size * 0.1 * (1 - Ease.OutBack(In(time) * 1.6))))
            {
                Spacing = spacing,
                Scale = 1.28 - (0.28 * Ease.OutBack(In(time) * 1.6)) + (0.02 * Share(time)),
                Opacity = Ease.Out(In(time) * 3) * (1 - Leaving(time)),
            },
        };
    }

    private List<Piece> Pieces(string line, int wordsBefore, bool isGlow)
    {
        if (_style.Reveal != Reveal.Focus || isGlow)
        {
            return [Piece.Words(line)];
        }

        var words = line.Split(' ');
        var pace = Math.Min(0.14, _card.Length * 0.35 / Math.Max(1, wordsBefore + words.Length));
        return [.. words.Select((word, index) =>
        {
            var start = _card.Start + ((wordsBefore + index) * pace);
            return Piece.Words(index < words.Length - 1 ? word + " " : word, time =>
            {
                var share = Ease.Out((time - start) / 0.7);
                return new PieceLook(share, _layout.Size * 0.14 * (1 - share));
            });
        })];
    }
}
