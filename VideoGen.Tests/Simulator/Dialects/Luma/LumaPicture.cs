using System.Globalization;

namespace VideoGen.Simulator.Dialects.Luma;

/// <summary>The pictures that Luma's words mean.</summary>
internal static class LumaPicture
{
    /// <returns>Null when a word is unknown.</returns>
    public static (int Width, int Height)? Of(string? ratio, string? resolution)
    {
        var sides = ratio?.Split(':');
        if (ShortSideOf(resolution) is not { } side || sides is not [var across, var down]
            || !int.TryParse(across, CultureInfo.InvariantCulture, out var width) || !int.TryParse(down, CultureInfo.InvariantCulture, out var height))
        {
            return null;
        }

        return width >= height ? (side * width / height, side) : (side, side * height / width);
    }

    /// <summary>The whole seconds in a word such as "5s"; 0 when it is none.</summary>
    public static int SecondsOf(string? duration) =>
        duration?.EndsWith('s') == true && int.TryParse(duration[..^1], CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    private static int? ShortSideOf(string? resolution) => resolution switch
    {
        "360p" => 360,
        "540p" => 540,
        "720p" => 720,
        "1080p" => 1080,
        "4k" => 2160,
        _ => null,
    };
}
