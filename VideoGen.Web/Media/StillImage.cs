using System.Globalization;
using Microsoft.Extensions.Options;

namespace VideoGen.Web.Media;

/// <summary>Makes a clean copy of an uploaded image: decoded and encoded anew, upright, and without what cameras write into it.</summary>
internal sealed class StillImage(IOptions<MediaOptions> options, TimeProvider clock)
{
    /// <summary>More than this is not decoded.</summary>
    public const long MaxPixels = 40_000_000;

    /// <summary>Writes the copy. It is a PNG where <see cref="IsKeptAsPng"/> says so, else a JPEG.</summary>
    /// <returns><see langword="false"/> when the image cannot be decoded.</returns>
    /// <exception cref="MediaToolException">ffmpeg could not be run; the image may be good.</exception>
    public async Task<bool> CopyAsync(string path, ImageHeader header, string copyPath, CancellationToken cancellationToken)
    {
        try
        {
            var result = await MediaTool.RunAsync(
                options.Value.FfmpegPath, ArgumentsFor(path, header, copyPath), options.Value.ImageTimeout, clock, cancellationToken);
            return result.Succeeded && new FileInfo(copyPath) is { Exists: true, Length: > 0 };
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Without loss where there was none, or where a transparent part would turn into a colour.</summary>
    public static bool IsKeptAsPng(ImageHeader header) => header.Format is ImageFormat.Png || header.HasAlpha;

    private static string[] ArgumentsFor(string path, ImageHeader header, string copyPath) =>
    [
        "-nostdin", "-v", "error", "-y", "-protocol_whitelist", "file", "-noautorotate",
        "-max_pixels", MaxPixels.ToString(CultureInfo.InvariantCulture), "-f", DemuxerOf(header.Format), "-i", "file:" + path,
        "-frames:v", "1", "-vf", TurnOf(header.Orientation), "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
        .. IsKeptAsPng(header) ? PngEncoder : JpegEncoder,
        "-f", "image2pipe", "file:" + copyPath,
    ];

    private static string[] PngEncoder => ["-c:v", "png"];

    private static string[] JpegEncoder => ["-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj420p"];

    private static string DemuxerOf(ImageFormat format) => format switch
    {
        ImageFormat.Png => "png_pipe",
        ImageFormat.Jpeg => "jpeg_pipe",
        ImageFormat.WebP => "webp_pipe",
    };

    // The eight Exif values, as ffmpeg filters.
    private static string TurnOf(int orientation) => orientation switch
    {
        2 => "hflip",
        3 => "hflip,vflip",
        4 => "vflip",
        5 => "transpose=0",
        6 => "transpose=1",
        7 => "transpose=3",
        8 => "transpose=2",
        _ => "null",
    };
}
