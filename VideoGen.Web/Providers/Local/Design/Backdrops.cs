namespace VideoGen.Web.Providers.Local.Design;

/// <summary>Soft fields of colour that wander through each other.</summary>
internal sealed class MeshBackdrop : Backdrop
{
    private readonly Field[] _fields;
    private readonly double _strength;

    /// <param name="strength">0 keeps to the quiet stops behind words, 1 uses the whole palette.</param>
    public MeshBackdrop(Palette palette, double strength, SeededRandom random)
    {
        _strength = strength;
        Vignette = palette.IsLight ? 0.07 : 0.28;
        var stops = palette.Stops.Select(OkLab.Of).ToArray();
        OkLab[] colours = [stops[0], stops[1], stops[2], stops[1], stops[3], stops[0]];
        _fields = [.. colours.Select((colour, index) => new Field(
            colour,
            Weight: index is 4 ? 0.35 : 1,
            random.Between(0.1, 0.9),
            random.Between(0.1, 0.9),
            random.Between(0.12, 0.26),
            random.Between(0.25, 0.5) * random.Sign(),
            random.Between(0, Math.Tau)))];
    }

    protected override double Vignette { get; }

    protected override Light At(double x, double y, double aspect, double time)
    {
        var (l, a, b, sum) = (0.0, 0.0, 0.0, 0.0);
        for (var index = 0; index < _fields.Length; index++)
        {
            var field = _fields[index];
            var turn = field.Phase + (field.Speed * time);
            var dx = (x - field.X - (field.Reach * Math.Cos(turn))) * Math.Min(aspect, 1.4);
            var dy = y - field.Y - (field.Reach * Math.Sin(turn * 1.17));
            var near = ((dx * dx) + (dy * dy)) * 7;
            var weight = field.Weight * (index is 2 or 4 ? _strength : 1) / (0.03 + (near * near));
            l += field.Colour.L * weight;
            a += field.Colour.A * weight;
            b += field.Colour.B * weight;
            sum += weight;
        }

        return new OkLab(l / sum, a / sum, b / sum);
    }

    private readonly record struct Field(OkLab Colour, double Weight, double X, double Y, double Reach, double Speed, double Phase);
}

/// <summary>Curtains of light over a dark ground.</summary>
internal sealed class AuroraBackdrop : Backdrop
{
    private readonly OkLab _low;
    private readonly OkLab _high;
    private readonly OkLab[] _glows;
    private readonly double _phase;
    private readonly double _tilt;
    private readonly double _direction;

    public AuroraBackdrop(Palette palette, SeededRandom random)
    {
        var stops = palette.Stops.Select(OkLab.Of).ToArray();
        (_high, _low) = (palette.IsLight ? stops[0] : stops[0].Dim(0.85), stops[1]);
        _glows = palette.IsLight ? [stops[2], OkLab.Of(palette.Accent).Mix(stops[1], 0.5)] : [stops[2], stops[3]];
        Vignette = palette.IsLight ? 0.07 : 0.35;
        _phase = random.Between(0, 20);
        _tilt = random.Between(-0.9, 0.9);
        _direction = random.Sign();
    }

    protected override double Vignette { get; }

    protected override Light At(double x, double y, double aspect, double time)
    {
        var colour = _high.Mix(_low, y);
        for (var band = 0; band < 3; band++)
        {
            var along = (x * (1.6 + (0.5 * band))) + (time * 0.11 * _direction) + _phase + (band * 2.1);
            var middle = 0.38 + (0.2 * band) + (_tilt * (x - 0.5) * 0.6)
                + (0.13 * Math.Sin(along * 2.1)) + (0.06 * Math.Sin((along * 4.7) + (time * 0.35)));
            var distance = y - middle;
            var spread = distance < 0 ? 0.2 : 0.055;
            var folds = 0.62 + (0.38 * Math.Sin((along * 9) + (2 * Math.Sin(along * 3.1)) + (time * 0.5)));
            var glow = Math.Exp(-distance * distance / (spread * spread)) * folds * (0.72 - (0.14 * band));
            colour = colour.Mix(_glows[band % _glows.Length], glow);
        }

        return colour;
    }
}

/// <summary>A sky from zenith to horizon with the glow of a sun in it.</summary>
internal sealed class SkyBackdrop(Palette palette, double horizon, Func<double, (double X, double Y)> sun) : Backdrop
{
    private readonly OkLab[] _stops = [.. palette.Stops.Select(OkLab.Of)];
    private readonly OkLab _glow = OkLab.Of(palette.IsLight ? palette.Stops[0] : palette.Stops[3]);
    private readonly bool _isLight = palette.IsLight;

    protected override double Vignette { get; } = palette.IsLight ? 0.06 : 0.22;

    protected override Light At(double x, double y, double aspect, double time)
    {
        var height = Math.Clamp(y / horizon, 0, 1.2);
        var bend = height + (0.03 * Math.Sin((x * 3) + (time * 0.3)));
        var colour = _isLight
            ? _stops[0].Mix(_stops[1], bend).Mix(_stops[2], Math.Clamp((bend - 0.7) * 0.9, 0, 0.5))
            : bend < 0.6 ? _stops[0].Mix(_stops[1], bend / 0.6) : _stops[1].Mix(_stops[2], Math.Clamp((bend - 0.6) / 0.5, 0, 1));
        var (sunX, sunY) = sun(time);
        var (dx, dy) = ((x - sunX) * aspect, y - sunY);
        var distance = Math.Sqrt((dx * dx) + (dy * dy));
        var breath = 1 + (0.06 * Math.Sin(time * 1.3));
        var glow = (0.62 * Math.Exp(-distance * distance * 9 / breath)) + (0.3 * Math.Exp(-distance * 3.2));
        return colour.Mix(_glow, Math.Clamp(glow, 0, 0.9));
    }
}

/// <summary>Nearly flat colour with a soft fall of light, as paper or a poster has.</summary>
internal sealed class PaperBackdrop(Colour paper, Colour shade, SeededRandom random) : Backdrop
{
    private readonly OkLab _paper = OkLab.Of(paper);
    private readonly OkLab _shade = OkLab.Of(shade);
    private readonly double _angle = random.Between(0, Math.Tau);

    protected override double Vignette => 0.1;

    protected override Light At(double x, double y, double aspect, double time)
    {
        var turn = _angle + (time * 0.09);
        var along = 0.5 + ((x - 0.5) * Math.Cos(turn)) + ((y - 0.5) * Math.Sin(turn));
        return _paper.Mix(_shade, Math.Clamp(along, 0, 1) * 0.55);
    }
}

/// <summary>Shade over a photo, darkest where words stand, with a little coloured light that passes.</summary>
internal sealed class ScrimBackdrop(Palette palette, SeededRandom random) : Backdrop
{
    private readonly OkLab _shade = OkLab.Of(palette.IsLight ? palette.Ink : palette.Stops[0]).Dim(0.55);
    private readonly OkLab _leak = OkLab.Of(palette.Accent);
    private readonly double _phase = random.Between(0, Math.Tau);

    protected override double Vignette => 0;

    protected override Light At(double x, double y, double aspect, double time)
    {
        var below = Math.Clamp((y - 0.35) / 0.65, 0, 1);
        var edge = ((x - 0.5) * (x - 0.5)) + ((y - 0.5) * (y - 0.5));
        var shade = 0.08 + (0.68 * below * below * (3 - (2 * below))) + (0.35 * edge);
        var leakX = x - 0.5 - (0.65 * Math.Cos(_phase + (time * 0.35)));
        var leakY = y - 0.1;
        var leak = 0.2 * Math.Exp(-((leakX * leakX) + (leakY * leakY)) * 5);
        return new Light(_shade.Mix(_leak, leak / (leak + shade)), Math.Min(shade + leak, 0.92));
    }
}
