namespace VideoGen.Simulator.Dialects.Google;

/// <summary>The size of a picture in Google's words.</summary>
internal static class GooglePicture
{
    /// <returns>Null when there is no such size.</returns>
    public static (int Width, int Height)? Of(string? aspectRatio, string? resolution) => (aspectRatio, resolution) switch
    {
        ("16:9", "360p") => (640, 360),
        ("9:16", "360p") => (360, 640),
        ("16:9", "720p") => (1280, 720),
        ("9:16", "720p") => (720, 1280),
        ("16:9", "1080p") => (1920, 1080),
        ("9:16", "1080p") => (1080, 1920),
        ("16:9", "4k") => (3840, 2160),
        ("9:16", "4k") => (2160, 3840),
        _ => null,
    };
}
