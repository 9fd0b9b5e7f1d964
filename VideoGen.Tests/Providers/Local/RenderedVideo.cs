using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace VideoGen.Tests.Providers.Local;

/// <summary>What ffprobe and ffmpeg, and not our own code, say about a file.</summary>
internal static class RenderedVideo
{
    /// <summary>The one video stream and the container, as ffprobe writes them.</summary>
    public static async Task<(JsonElement Stream, JsonElement Format)> FactsOfAsync(string path)
    {
        var text = await RunAsync("ffprobe", ["-v", "error", "-show_streams", "-show_format", "-of", "json", path]);
        var facts = JsonDocument.Parse(text).RootElement;
        return (Assert.Single(facts.GetProperty("streams").EnumerateArray()), facts.GetProperty("format"));
    }

    /// <summary>A hash of each decoded frame.</summary>
    public static async Task<IReadOnlyList<string>> FramesOfAsync(string path)
    {
        var text = await RunAsync("ffmpeg", ["-v", "error", "-i", path, "-f", "framemd5", "-"]);
        return [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')[^1].Trim())];
    }

    /// <summary>The mean colour of part of the picture in the middle of the video, given as ffmpeg's crop.</summary>
    public static async Task<(int Red, int Green, int Blue)> ColourOfAsync(string path, string crop)
    {
        using var process = Start("ffmpeg", ["-v", "error", "-ss", "0.5", "-i", path, "-frames:v", "1", "-vf", $"crop={crop},scale=1:1:flags=area,format=rgb24", "-f", "rawvideo", "-"]);
        var pixel = new byte[3];
        await process.StandardOutput.BaseStream.ReadExactlyAsync(pixel);
        await process.WaitForExitAsync();
        return (pixel[0], pixel[1], pixel[2]);
    }

    public static double Number(JsonElement element, string name) =>
        double.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    /// <summary>Whether a process of this id still does something; one that only waits to be collected does not.</summary>
    public static bool IsAlive(int processId)
    {
        try
        {
            return !File.ReadAllText($"/proc/{processId}/stat").Split(')')[^1].TrimStart().StartsWith('Z');
        }
        catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        using var process = Start(program, arguments);
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return text;
    }

    private static Process Start(string program, IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
}
