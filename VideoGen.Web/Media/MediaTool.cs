using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace VideoGen.Web.Media;

/// <summary>
/// Runs ffmpeg or ffprobe once: arguments as a list and never through a shell, output and time bounded, and no process left
/// behind when the caller gives up.
/// </summary>
internal static class MediaTool
{
    private const int MaxOutput = 1024 * 1024;

    // How a program ended by signal 1 to 31 is reported, and what ffmpeg answers to Ctrl-C.
    private const int FirstSignal = 129;
    private const int LastSignal = 159;
    private const int FfmpegInterrupted = 255;

    private const string NoRoom = "No space left on device";

    /// <exception cref="MediaToolException">It could not be started or was ended from outside: nothing is said about the file.</exception>
    /// <exception cref="TimeoutException">It took too long and was ended.</exception>
    public static async Task<MediaToolResult> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        using var process = Start(program, arguments);
        try
        {
            process.StandardInput.Close();
            var texts = await Task.WhenAll(
                ReadAsync(process.StandardOutput, either.Token), ReadAsync(process.StandardError, either.Token));
            await process.WaitForExitAsync(either.Token);
            return Judge(program, process.ExitCode, texts[0], texts[1]);
        }
        catch (OperationCanceledException ex) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{Path.GetFileName(program)} took longer than {timeout.TotalSeconds} s.", ex);
        }
        finally
        {
            await EndAsync(process);
        }
    }

    // An interruption or a full disk must not be taken for a fault of the file.
    private static MediaToolResult Judge(string program, int exitCode, string output, string errors) => exitCode switch
    {
        0 => new MediaToolResult(true, output),
        (>= FirstSignal and <= LastSignal) or FfmpegInterrupted => throw new MediaToolException($"{Path.GetFileName(program)} was interrupted."),
        _ when errors.Contains(NoRoom, StringComparison.Ordinal) => throw new MediaToolException($"{Path.GetFileName(program)}: {NoRoom}."),
        _ => new MediaToolResult(false, output),
    };

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }) ?? throw new MediaToolException($"{program} did not start.");
        }
        catch (Win32Exception ex)
        {
            throw new MediaToolException($"{program} could not be started: {ex.Message}", ex);
        }
    }

    // Reads to the end, so that the program never waits for us, but keeps no more than the limit.
    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            text.Append(buffer, 0, Math.Min(count, MaxOutput - text.Length));
        }

        return text.ToString();
    }

    private static async Task EndAsync(Process process)
    {
        if (process.HasExited)
        {
            return;
        }

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }
}

/// <summary>How a media program ended.</summary>
internal sealed record MediaToolResult(bool Succeeded, string Output);

/// <summary>A media program could not do its work for a reason that lies not in the file.</summary>
internal sealed class MediaToolException(string message, Exception? innerException = null) : Exception(message, innerException);
