using System.Globalization;
using VideoGen.Web.Providers.Local.Design;

namespace VideoGen.Web.Providers.Local;

/// <summary>
/// The words of the ffmpeg command for a scene: numbers and file names of our own, never anything that a person wrote.
/// File names are relative to the work folder, in which ffmpeg runs.
/// </summary>
internal static class FfmpegCommand
{
    public static IReadOnlyList<string> For(Scene scene, string key, string? referenceFormat, int threads)
    {
        var canvas = scene.Canvas;
        var (width, height) = Backdrop.SizeFor(canvas);
        List<string> words =
        [
            "-hide_banner", "-nostdin", "-loglevel", "error", "-nostats", "-progress", "pipe:1", "-stats_period", "0.2", "-y",
            "-filter_complex_threads", Number(threads),
            "-protocol_whitelist", "pipe", "-f", "rawvideo", "-pixel_format", "rgba64le", "-video_size", Text($"{width}x{height}"),
            "-framerate", Number(canvas.FrameRate), "-i", "pipe:0",
        ];
        if (referenceFormat is not null)
        {
            // The format is named, so that ffmpeg does not guess: a playlist in a picture's clothes would open other files.
            words.AddRange(["-protocol_whitelist", "file", "-f", referenceFormat + "_pipe", "-framerate", Number(canvas.FrameRate), "-i", "file:" + RenderFolder.ReferenceName(key)]);
        }

        words.AddRange(
        [
            // A long look ahead would hold back the progress, and keep ffmpeg busy after its input has gone.
            "-filter_complex", Graph(scene, key), "-map", "[out]", "-an", "-frames:v", Number(canvas.FrameCount),
            "-c:v", "libx264", "-preset", "medium", "-crf", "18", "-rc-lookahead", "10", "-profile:v", "high", "-pix_fmt", "yuv420p", "-threads", Number(threads),
            "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
            "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart",
            "-f", "mp4", "file:" + RenderFolder.PartName(key),
        ]);
        return words;
    }

    private static string Graph(Scene scene, string key)
    {
        var canvas = scene.Canvas;
        var light = Text($"[0:v]scale={canvas.Width}:{canvas.Height}:flags=bicubic");
        var ground = scene.Photo is { } move
            ? Text($"{light},format=gbrap[light];{Photo(canvas, move)}[photo];[photo][light]overlay=format=gbrp:shortest=1,format=gbrp")
            : light + ",format=gbrp";

        // Words are drawn in RGB, grain falls on the brightness only, and a picture fades from and to black.
        var (fadeIn, fadeOut) = (Math.Min(0.35, canvas.Duration / 6), Math.Min(0.45, canvas.Duration / 6));
        return ground
            + Text($",ass=filename={RenderFolder.ScriptName(key)}:shaping=complex")
            + ",scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,noise=c0_seed=1:c0s=5:c0f=t+u"
            + Text($",fade=t=in:st=0:d={fadeIn:0.###},fade=t=out:st={canvas.Duration - fadeOut:0.###}:d={fadeOut:0.###},setsar=1[out]");
    }

    // Cut to cover, held, and looked at through a frame whose corners glide by fractions of a pixel (zoompan moves in whole ones and shakes).
    private static string Photo(Canvas canvas, PhotoMove move)
    {
        var share = Text($"(on/{canvas.FrameCount})");
        var zoom = Text($"({move.From.Zoom:0.####}+({move.To.Zoom - move.From.Zoom:0.####})*{share})");
        var left = Text($"(W-W/{zoom})*({move.From.X:0.####}+({move.To.X - move.From.X:0.####})*{share})");
        var top = Text($"(H-H/{zoom})*({move.From.Y:0.####}+({move.To.Y - move.From.Y:0.####})*{share})");
        var (right, bottom) = ($"{left}+W/{zoom}", $"{top}+H/{zoom}");
        return Text($"[1:v]scale={canvas.Width}:{canvas.Height}:force_original_aspect_ratio=increase:flags=lanczos,crop={canvas.Width}:{canvas.Height},")
            + Text($"setsar=1,format=gbrp,loop=loop=-1:size=1,settb=1/{canvas.FrameRate},setpts=N,")
            + $"perspective=x0={left}:y0={top}:x1={right}:y1={top}:x2={left}:y2={bottom}:x3={right}:y3={bottom}:eval=frame:interpolation=cubic";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
