using System.Diagnostics;
using System.Globalization;
using VideoGen.Simulator.Jobs;

namespace VideoGen.Simulator.Media;

/// <summary>
/// The results: ffmpeg's test picture in the size and length that was asked for, small as files. Each is made once per process, one at
/// a time, and removed when the process ends.
/// </summary>
internal static class SampleVideos
{
    private const int FrameRate = 10;

    private static readonly SemaphoreSlim OneAtATime = new(1);
    private static readonly Lazy<string> Folder = new(MakeFolder);

    /// <returns>The path of a file that is only to be read.</returns>
    public static Task<string> OfAsync(SimulatedJob job, MediaForm form = MediaForm.Video) => OfAsync(job.Width, job.Height, job.Seconds, form);

    /// <inheritdoc cref="OfAsync(SimulatedJob, MediaForm)"/>
    public static async Task<string> OfAsync(int width, int height, int seconds, MediaForm form = MediaForm.Video)
    {
        var path = Path.Combine(Folder.Value, $"{form}-{width}x{height}-{seconds}s.{form.Extension()}".ToLowerInvariant());
        await OneAtATime.WaitAsync();
        try
        {
            if (!File.Exists(path))
            {
                await RenderAsync(width, height, seconds, form, path);
            }
        }
        finally
        {
            OneAtATime.Release();
        }

        return path;
    }

    private static async Task RenderAsync(int width, int height, int seconds, MediaForm form, string path)
    {
        var picture = string.Create(CultureInfo.InvariantCulture, $"testsrc2=size={width}x{height}:rate={FrameRate}:duration={seconds}");
        string[] encoding = form switch
        {
            MediaForm.Video => ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "45", "-pix_fmt", "yuv420p", "-movflags", "+faststart"],
            MediaForm.Spritesheet => ["-vf", $"fps=4/{seconds.ToString(CultureInfo.InvariantCulture)},scale=160:-2,tile=4x1", "-frames:v", "1"],
            MediaForm.Png or MediaForm.WebP or MediaForm.Jpeg => ["-frames:v", "1"],
        };

        // A run that is cut off leaves no file under the name that is looked for.
        var unfinished = Path.ChangeExtension(path, $"part.{form.Extension()}");
        await FfmpegAsync(["-f", "lavfi", "-i", picture, .. encoding, "-fflags", "+bitexact", unfinished]);
        File.Move(unfinished, path);
    }

    private static async Task FfmpegAsync(IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", "-y", "-threads", "1", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("ffmpeg did not start.");
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ffmpeg failed: {errors}");
        }
    }

    private static string MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("videogen-simulator-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
