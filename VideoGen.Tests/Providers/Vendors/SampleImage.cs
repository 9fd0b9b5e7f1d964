using System.Diagnostics;

namespace VideoGen.Tests.Providers.Vendors;

/// <summary>A small real picture, the same at each call.</summary>
internal static class SampleImage
{
    public static async Task WriteAsync(string path)
    {
        using var ffmpeg = Process.Start("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "color=c=teal:s=1280x720", "-frames:v", "1", path]);
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
    }
}
