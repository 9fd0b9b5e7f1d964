using System.Globalization;

namespace VideoGen.Web.Providers.Local.Design;

/// <summary>What is drawn on: pixels and seconds.</summary>
internal readonly record struct Canvas(int Width, int Height, double Duration, int FrameRate)
{
    /// <summary>A hundredth of the smaller side: what sizes are measured in, so that every shape and resolution looks alike.</summary>
    public double Unit => Math.Min(Width, Height) / 100.0;

    public double Aspect => Width / (double)Height;

    public bool IsWide => Aspect > 1.2;

    public int FrameCount => (int)Math.Round(Duration * FrameRate);

    /// <summary>A box given in shares of the picture.</summary>
    public Box At(double left, double top, double right, double bottom) =>
        new(left * Width, top * Height, right * Width, bottom * Height);
}

/// <summary>A rectangle in pixels.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public double CentreX => (Left + Right) / 2;

    public double CentreY => (Top + Bottom) / 2;

    /// <summary>Whether the middle box lies half way between the others.</summary>
    public static bool IsStraight(Box? from, Box? middle, Box? to) =>
        from is not { } a || middle is not { } m || to is not { } b
        || (IsStraight(a.Left, m.Left, b.Left) && IsStraight(a.Top, m.Top, b.Top)
            && IsStraight(a.Right, m.Right, b.Right) && IsStraight(a.Bottom, m.Bottom, b.Bottom));

    /// <summary>As a clip of a subtitle script.</summary>
    public string ToScript() => string.Create(CultureInfo.InvariantCulture, $@"\clip({Left:0},{Top:0},{Right:0},{Bottom:0})");

    private static bool IsStraight(double from, double middle, double to) => Math.Abs(((from + to) / 2) - middle) < 0.4;
}

/// <summary>Curves of motion: time 0 to 1 in, way 0 to 1 out. Anything outside is clamped.</summary>
internal static class Ease
{
    public static double Out(double time) => 1 - Math.Pow(1 - Clamp(time), 3);

    public static double OutStrong(double time) => 1 - Math.Pow(1 - Clamp(time), 5);

    public static double In(double time) => Math.Pow(Clamp(time), 3);

    public static double InOut(double time)
    {
        var x = Clamp(time);
        return x < 0.5 ? 4 * x * x * x : 1 - (Math.Pow((-2 * x) + 2, 3) / 2);
    }

    /// <summary>Goes a little too far and comes back.</summary>
    public static double OutBack(double time)
    {
        var x = Clamp(time) - 1;
        return 1 + (2.2 * x * x * x) + (1.2 * x * x);
    }

    public static double Clamp(double value) => Math.Clamp(value, 0, 1);
}
