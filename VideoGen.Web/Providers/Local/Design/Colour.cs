using System.Globalization;

namespace VideoGen.Web.Providers.Local.Design;

/// <summary>A colour as on the screen, each part 0 to 1.</summary>
internal readonly record struct Colour(double Red, double Green, double Blue)
{
    /// <summary>Reads "0A3D62".</summary>
    public static Colour Hex(string text)
    {
        var value = int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new Colour(((value >> 16) & 255) / 255.0, ((value >> 8) & 255) / 255.0, (value & 255) / 255.0);
    }

    /// <summary>A colour on the way to another one, without the grey middle that mixing screen values has.</summary>
    public Colour Mix(Colour other, double share) => OkLab.Of(this).Mix(OkLab.Of(other), share).ToColour();

    /// <summary>How bright it looks, 0 to 1.</summary>
    public double Lightness => OkLab.Of(this).L;

    /// <summary>As a subtitle script writes it: blue first.</summary>
    public string ToScript()
    {
        static int Byte(double part) => (int)Math.Round(Math.Clamp(part, 0, 1) * 255);
        return string.Create(CultureInfo.InvariantCulture, $"&H{Byte(Blue):X2}{Byte(Green):X2}{Byte(Red):X2}&");
    }
}

/// <summary>A colour in Björn Ottosson's Oklab, where a straight line between two colours looks even.</summary>
internal readonly record struct OkLab(double L, double A, double B)
{
    private const int Steps = 4096;
    private static readonly double[] ScreenValues = [.. Enumerable.Range(0, Steps + 1).Select(step => ToScreen(step / (double)Steps))];

    public static OkLab Of(Colour colour)
    {
        var (r, g, b) = (ToLight(colour.Red), ToLight(colour.Green), ToLight(colour.Blue));
        var l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        var m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        var s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        return new OkLab(
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    public OkLab Mix(OkLab other, double share) =>
        new(L + ((other.L - L) * share), A + ((other.A - A) * share), B + ((other.B - B) * share));

    /// <summary>Darker (below 1) without losing its hue.</summary>
    public OkLab Dim(double factor) => new(L * factor, A * factor, B * factor);

    public Colour ToColour()
    {
        var l = L + (0.3963377774 * A) + (0.2158037573 * B);
        var m = L - (0.1055613458 * A) - (0.0638541728 * B);
        var s = L - (0.0894841775 * A) - (1.2914855480 * B);
        (l, m, s) = (l * l * l, m * m * m, s * s * s);
        return new Colour(
            Lookup((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s)),
            Lookup((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s)),
            Lookup((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s)));
    }

    // One power function per part, pixel and frame would be most of a backdrop's cost.
    private static double Lookup(double light)
    {
        var at = Math.Clamp(light, 0, 1) * Steps;
        var below = Math.Min((int)at, Steps - 1);
        return ScreenValues[below] + ((ScreenValues[below + 1] - ScreenValues[below]) * (at - below));
    }

    private static double ToLight(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static double ToScreen(double light) => light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;
}
