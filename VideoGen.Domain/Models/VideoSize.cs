using System.Globalization;

namespace VideoGen.Domain.Models;

/// <summary>Picture size in pixels.</summary>
public readonly record struct VideoSize(int Width, int Height)
{
    /// <summary>The shape in words people use: "16:9", "9:16", "1:1"; otherwise the reduced fraction.</summary>
    public string AspectRatio
    {
        get
        {
            var divisor = GreatestCommonDivisor(Width, Height);
            return divisor == 0
                ? "0:0"
                : string.Create(CultureInfo.InvariantCulture, $"{Width / divisor}:{Height / divisor}");
        }
    }

    /// <summary>The short name of the resolution by its smaller side, such as "1080p".</summary>
    public string Resolution => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(Width, Height)}p");

    /// <summary>Reads "1280x720". Returns <see langword="false"/> for anything else.</summary>
    public static bool TryParse(string? text, out VideoSize size)
    {
        size = default;
        var parts = text?.Split('x');
        if (parts is not [var width, var height]
            || !int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var w)
            || !int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var h))
        {
            return false;
        }

        size = new VideoSize(w, h);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
