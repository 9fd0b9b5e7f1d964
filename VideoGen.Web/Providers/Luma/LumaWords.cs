using System.Globalization;
using VideoGen.Domain.Models;

namespace VideoGen.Web.Providers.Luma;

/// <summary>How both of Luma's APIs name a picture and a length.</summary>
internal static class LumaWords
{
    /// <summary>"16:9", "1:1".</summary>
    public static string ShapeOf(VideoSize size) => size.AspectRatio switch
    {
        // Named after the screens, not reduced.
        "7:3" => "21:9",
        "3:7" => "9:21",
        var shape => shape,
    };

    /// <summary>"540p".</summary>
    public static string ResolutionOf(VideoSize size) => size.Resolution;

    /// <summary>"5s".</summary>
    public static string LengthOf(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0}s");
}
