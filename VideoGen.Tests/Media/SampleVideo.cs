using System.Diagnostics;

namespace VideoGen.Tests.Media;

/// <summary>
/// Small real videos, made by ffmpeg's test picture once per test run and removed when the run ends. Read them, never change them.
/// </summary>
internal static class SampleVideo
{
    public const int Width = 320;
    public const int Height = 180;
    public const int FrameRate = 10;
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    private static readonly Lazy<string> Folder = new(MakeFolder);

    private static readonly Lazy<string> Mp4 = new(() => Make(
        "sample.mp4", [.. TestPicture, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart"]));

    private static readonly Lazy<string> Mp4WithSound = new(() => Make(
        "sound.mp4",
        [
            .. TestPicture, "-f", "lavfi", "-i", "sine=frequency=440:duration=2",
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart",
        ]));

    private static readonly Lazy<string> SoundOnly = new(() => Make(
        "sound-only.mp4", ["-f", "lavfi", "-i", "sine=frequency=440:duration=1", "-c:a", "aac"]));

    private static readonly Lazy<string> Mkv = new(() => Make(
        "sample.mkv", [.. TestPicture, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]));

    private static string[] TestPicture =>
        ["-f", "lavfi", "-i", $"testsrc=size={Width}x{Height}:rate={FrameRate}:duration={Duration.TotalSeconds}"];

    /// <summary>H.264 in MP4 with the facts named above, without sound.</summary>
    public static string Mp4Path => Mp4.Value;

    /// <summary>The same with a tone.</summary>
    public static string Mp4WithSoundPath => Mp4WithSound.Value;

    /// <summary>An MP4 in which there is no picture.</summary>
    public static string SoundOnlyPath => SoundOnly.Value;

    /// <summary>A playable video in a container that is not ours.</summary>
    public static string MkvPath => Mkv.Value;

    /// <summary>Runs ffmpeg quietly, for tests that need another file.</summary>
    public static void Ffmpeg(params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("ffmpeg did not start.");
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ffmpeg failed: {errors}");
        }
    }

    private static string Make(string name, IEnumerable<string> arguments)
    {
        var path = Path.Combine(Folder.Value, name);
        Ffmpeg([.. arguments, "-fflags", "+bitexact", "-flags:v", "+bitexact", path]);
        return path;
    }

    private static string MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("videogen-samples-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
