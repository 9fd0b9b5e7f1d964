using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Gallery;

namespace VideoGen.Web.Media;

/// <summary>Examines a downloaded file: is it a whole MP4, is there a moving picture in it, and what is it like.</summary>
internal sealed class MediaProbe(IOptions<MediaOptions> options, TimeProvider clock)
{
    private const string Unreadable = "The file holds no readable video.";
    private static readonly TimeSpan LongestVideo = TimeSpan.FromHours(24);

    /// <exception cref="MediaToolException">ffprobe could not be run; the file may be good.</exception>
    public async Task<MediaProbeResult> ProbeAsync(string path, CancellationToken cancellationToken)
    {
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous))
        {
            if (await Mp4Container.FindProblemAsync(file, cancellationToken) is { } problem)
            {
                return MediaProbeResult.Rejected(problem);
            }
        }

        try
        {
            var result = await MediaTool.RunAsync(
                options.Value.FfprobePath, ArgumentsFor(path), options.Value.ProbeTimeout, clock, cancellationToken);
            return result.Succeeded ? Read(result.Output) : MediaProbeResult.Rejected(Unreadable);
        }
        catch (TimeoutException)
        {
            return MediaProbeResult.Rejected("The video file could not be examined in time.");
        }
    }

    // The container is named, so that no playlist or script format is tried, and nothing but this file may be opened.
    private static string[] ArgumentsFor(string path) =>
    [
        "-v", "error", "-protocol_whitelist", "file", "-max_alloc", "268435456", "-f", "mov", "-of", "json",
        "-show_entries",
        "stream=codec_type,codec_name,width,height,avg_frame_rate,r_frame_rate,duration:stream_disposition=attached_pic:stream_side_data=rotation:format=duration",
        "-i", "file:" + path,
    ];

    private static MediaProbeResult Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return MediaProbeResult.Rejected(Unreadable);
        }
    }

    private static MediaProbeResult Read(JsonElement root)
    {
        var streams = root.GetProperty("streams").EnumerateArray().ToList();
        var picture = streams.Find(stream => IsOfType(stream, "video") && !IsCover(stream));
        if (picture.ValueKind is JsonValueKind.Undefined)
        {
            return MediaProbeResult.Rejected("The file holds no picture.");
        }

        var width = picture.GetProperty("width").GetInt32();
        var height = picture.GetProperty("height").GetInt32();
        var duration = Math.Max(NumberOf(root.GetProperty("format"), "duration"), NumberOf(picture, "duration"));
        if (width <= 0 || height <= 0 || duration < 0.001 || duration > LongestVideo.TotalSeconds)
        {
            return MediaProbeResult.Rejected("The video has no duration or no size.");
        }

        if (IsTurned(picture))
        {
            (width, height) = (height, width);
        }

        return MediaProbeResult.Accepted(new MediaFacts(
            width,
            height,
            TimeSpan.FromMilliseconds(Math.Round(duration * 1000)),
            RateOf(picture, "avg_frame_rate") ?? RateOf(picture, "r_frame_rate") ?? 0,
            picture.GetProperty("codec_name").GetString() ?? "",
            streams.Exists(stream => IsOfType(stream, "audio"))));
    }

    private static bool IsOfType(JsonElement stream, string type) =>
        stream.TryGetProperty("codec_type", out var value) && value.ValueEquals(type);

    /// <summary>A still image that some music files carry as their picture.</summary>
    private static bool IsCover(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var disposition)
        && disposition.TryGetProperty("attached_pic", out var value)
        && value.GetInt32() == 1;

    /// <summary>Whether players show it turned by a quarter, as with clips from a phone.</summary>
    private static bool IsTurned(JsonElement stream) =>
        stream.TryGetProperty("side_data_list", out var list)
        && list.EnumerateArray().Any(entry => entry.TryGetProperty("rotation", out var rotation) && Math.Abs(rotation.GetInt32()) % 180 == 90);

    private static double NumberOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
        && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : 0;

    /// <summary>Reads a fraction such as "30000/1001"; "0/0" stands for unknown.</summary>
    private static double? RateOf(JsonElement element, string name)
    {
        var parts = element.TryGetProperty(name, out var value) ? value.GetString()?.Split('/') : null;
        return parts is [var over, var under]
            && double.TryParse(over, NumberStyles.None, CultureInfo.InvariantCulture, out var numerator)
            && double.TryParse(under, NumberStyles.None, CultureInfo.InvariantCulture, out var denominator)
            && numerator > 0
            && denominator > 0
                ? numerator / denominator
                : null;
    }
}

/// <summary>Either what the file is, or a sentence for people that says why it is no video.</summary>
internal sealed record MediaProbeResult
{
    private MediaProbeResult()
    {
    }

    public MediaFacts? Facts { get; private init; }

    public string? Problem { get; private init; }

    public static MediaProbeResult Accepted(MediaFacts facts) => new() { Facts = facts };

    public static MediaProbeResult Rejected(string problem) => new() { Problem = problem };
}
