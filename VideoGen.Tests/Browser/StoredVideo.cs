using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace VideoGen.Tests.Browser;

/// <summary>A file of the store as ffprobe sees it, looked at without any code of the application.</summary>
internal sealed record StoredVideo(string Codec, int Width, int Height, double Seconds, string Hash)
{
    /// <param name="dataRoot">The server's data folder.</param>
    /// <returns>Every stored video.</returns>
    public static async Task<IReadOnlyList<StoredVideo>> AllAsync(string dataRoot)
    {
        List<StoredVideo> videos = [];
        foreach (var path in Directory.EnumerateFiles(dataRoot, "*.mp4", SearchOption.AllDirectories))
        {
            videos.Add(await ProbeAsync(path));
        }

        return videos;
    }

    private static async Task<StoredVideo> ProbeAsync(string path)
    {
        string[] arguments = ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=codec_name,width,height:format=duration", "-of", "json", path];
        using var probe = Process.Start(new ProcessStartInfo("ffprobe", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        using var answer = await JsonDocument.ParseAsync(probe.StandardOutput.BaseStream);
        await probe.WaitForExitAsync();

        var stream = answer.RootElement.GetProperty("streams")[0];
        await using var content = File.OpenRead(path);
        return new StoredVideo(
            stream.GetProperty("codec_name").GetString()!,
            stream.GetProperty("width").GetInt32(),
            stream.GetProperty("height").GetInt32(),
            double.Parse(answer.RootElement.GetProperty("format").GetProperty("duration").GetString()!, CultureInfo.InvariantCulture),
            Convert.ToHexString(await SHA256.HashDataAsync(content)));
    }
}
