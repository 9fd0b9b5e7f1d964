using System.Globalization;
using Microsoft.Extensions.Options;

namespace VideoGen.Web.Media;

/// <summary>Takes the still picture that stands for a video in the gallery.</summary>
internal sealed class PosterImage(IOptions<MediaOptions> options, TimeProvider clock)
{
    private const int MaxWidth = 1280;

    /// <summary>
    /// Writes a JPEG of the frame at a third of the video, where most are past their fade-in. Not flushed to the disk.
    /// </summary>
    /// <returns><see langword="false"/> when no frame could be decoded.</returns>
    /// <exception cref="MediaToolException">ffmpeg could not be run; the video may be good.</exception>
    public async Task<bool> MakeAsync(string videoPath, TimeSpan duration, string posterPath, CancellationToken cancellationToken) =>
        await TakeAsync(videoPath, duration / 3, posterPath, cancellationToken)

            // A video of one frame, or one whose index is coarse, has nothing there.
            || await TakeAsync(videoPath, TimeSpan.Zero, posterPath, cancellationToken);

    private async Task<bool> TakeAsync(string videoPath, TimeSpan at, string posterPath, CancellationToken cancellationToken)
    {
        try
        {
            var result = await MediaTool.RunAsync(
                options.Value.FfmpegPath,
                [
                    "-nostdin", "-v", "error", "-y", "-protocol_whitelist", "file", "-f", "mov",
                    "-ss", at.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture), "-i", "file:" + videoPath,
                    "-map", "0:V:0", "-frames:v", "1", "-vf", $"scale=w='min({MaxWidth},iw)':h=-2", "-map_metadata", "-1",
                    "-c:v", "mjpeg", "-q:v", "3", "-f", "image2pipe", "file:" + posterPath,
                ],
                options.Value.ImageTimeout,
                clock,
                cancellationToken);
            return result.Succeeded && new FileInfo(posterPath) is { Exists: true, Length: > 0 };
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
