using VideoGen.Domain.Models;

namespace VideoGen.Web.Providers.Google;

/// <summary>Google's words for the size of a picture: a shape, and how fine it is.</summary>
internal static class GoogleResolution
{
    private const string UltraHd = "4k";

    /// <summary>"360p", "720p", "1080p" or "4k".</summary>
    public static string Of(VideoSize size) => size.Resolution is "2160p" ? UltraHd : size.Resolution;
}
