using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using VideoGen.Web.Providers.Local.Design;

namespace VideoGen.Web.Providers.Local;

/// <summary>Rendering failed for good. The message is for people; neither it nor the detail holds a prompt or a path.</summary>
internal sealed class RenderFailedException(string message, string? detail = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    public string? Detail { get; } = detail;
}

/// <summary>
/// One run of ffmpeg: it is fed with the backdrop frame by frame and says how far it is. It cannot outlive this process,
/// however that ends: when its input closes it has nothing more to draw and stops.
/// </summary>
internal sealed partial class FfmpegRun(string program, string folder)
{
    private const int TailLength = 4096;

    /// <summary>Renders the scene and returns when ffmpeg has ended. Cancelling kills it and waits until it is gone.</summary>
    /// <param name="started">Told the process id.</param>
    /// <param name="progress">Told the share of the video that is written, 0 to 1.</param>
    /// <exception cref="RenderFailedException">ffmpeg is missing or gave up.</exception>
    public async Task RunAsync(
        Scene scene, IReadOnlyList<string> arguments, Action<int> started, Action<double> progress, CancellationToken cancellationToken)
    {
        using var process = Start(arguments);
        started(process.Id);
        var errors = ReadTailAsync(process.StandardError);
        var facts = ReadProgressAsync(process.StandardOutput, scene.Canvas.Duration, progress);
        try
        {
            await FeedAsync(scene, process.StandardInput.BaseStream, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        finally
        {
            await Task.WhenAll(errors, facts);
        }

        if (process.ExitCode != 0)
        {
            throw new RenderFailedException("ffmpeg could not make this video.", await errors);
        }
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        Process process;
        try
        {
            process = Process.Start(start) ?? throw new InvalidOperationException("A new process was expected.");
        }
        catch (Win32Exception ex)
        {
            throw new RenderFailedException("ffmpeg was not found on this server. Install it and try again.", innerException: ex);
        }

        try
        {
            // Pages and other jobs go first.
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception ex) when (ex is Win32Exception or InvalidOperationException)
        {
            // It has ended already, or may not be made nicer; neither matters to the video.
        }

        return process;
    }

    private static async Task FeedAsync(Scene scene, Stream input, CancellationToken cancellationToken)
    {
        var frame = new byte[Backdrop.BytesPerFrame(scene.Canvas)];
        try
        {
            await using (input)
            {
                for (var index = 0; index < scene.Canvas.FrameCount; index++)
                {
                    scene.Backdrop.Paint(scene.Canvas, index, frame);
                    await input.WriteAsync(frame, cancellationToken);
                }
            }
        }
        catch (IOException)
        {
            // ffmpeg has ended early: its exit code and its last words say why.
        }
    }

    private static async Task ReadProgressAsync(StreamReader output, double duration, Action<double> progress)
    {
        const string name = "out_time_us=";
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(name, StringComparison.Ordinal)
                && long.TryParse(line.AsSpan(name.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var microseconds))
            {
                progress(Math.Clamp(microseconds / 1e6 / duration, 0, 1));
            }
        }
    }

    private static async Task<string> ReadTailAsync(StreamReader errors)
    {
        var (tail, buffer) = ("", new char[1024]);
        int read;
        while ((read = await errors.ReadAsync(buffer)) > 0)
        {
            tail += new string(buffer, 0, read);
            tail = tail.Length > TailLength ? tail[^TailLength..] : tail;
        }

        return Paths().Replace(tail, "(path)").Trim();
    }

    [GeneratedRegex(@"(?<![\w.])/[^\s:'""]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Paths();
}
