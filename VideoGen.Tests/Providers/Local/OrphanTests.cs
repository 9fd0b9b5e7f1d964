using System.Diagnostics;
using VideoGen.Web.Providers.Local;
using VideoGen.Web.Providers.Local.Design;
using VideoGen.Web.Providers.Local.Fonts;

namespace VideoGen.Tests.Providers.Local;

public sealed class OrphanTests
{
    /// <summary>What happens to ffmpeg when its parent is killed: the system closes the pipes, nobody says goodbye.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Req", "R-16")]
    public async Task Ffmpeg_WhoseParentIsGone_EndsByItself(bool hasReference)
    {
        using var folder = new TestFolder();
        var canvas = new Canvas(1280, 720, 600, 60);
        var scene = SceneDesigner.Design("A river", 1, canvas with { Duration = 2 }, hasReference, FontBook.Unknown) with { Canvas = canvas };
        folder.Write("key.ass", System.Text.Encoding.UTF8.GetBytes(scene.Script.ToString()));
        Media.SampleVideo.Ffmpeg("-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1", "-f", "image2", "-c:v", "png", folder.PathOf("key.reference"));
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", FfmpegCommand.For(scene, "key", hasReference ? "png" : null, 1))
        {
            WorkingDirectory = folder.Root,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var frame = new byte[Backdrop.BytesPerFrame(canvas)];
        for (var index = 0; index < 5; index++)
        {
            await ffmpeg.StandardInput.BaseStream.WriteAsync(frame);
        }

        ffmpeg.StandardInput.Close();
        ffmpeg.StandardOutput.Close();
        ffmpeg.StandardError.Close();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await ffmpeg.WaitForExitAsync(limit.Token);
    }
}
