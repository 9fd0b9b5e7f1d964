using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;

namespace VideoGen.Simulator.Dialects.Luma;

/// <summary>What the Agents API refuses.</summary>
internal static class LumaAgentsOrder
{
    private const int LongestPrompt = 6000;
    private const string LongDuration = "10s";

    private static readonly string[] Ratios = ["9:16", "3:4", "1:1", "4:3", "16:9", "21:9"];
    private static readonly string[] Resolutions = ["360p", "540p", "720p", "1080p"];
    private static readonly string[] Durations = ["5s", LongDuration];
    private static readonly string[] Sources = ["url", "data", "file_id", "generation_id"];

    public static string? FaultOf(RequestBody body)
    {
        var video = body.Json?["video"] as JsonObject;
        return body.Text("type") is not "video" ? "unknown type"
            : body.Text("model") is not "ray-3.2" ? "unknown model"
            : body.Text("prompt") is not { Length: > 0 and <= LongestPrompt } ? "prompt has to have 1 to 6000 characters"
            : !Ratios.Contains(body.Text("aspect_ratio"), StringComparer.Ordinal) ? "unknown aspect_ratio"
            : !Resolutions.Contains(body.Text("resolution"), StringComparer.Ordinal) ? "unknown resolution"
            : !Durations.Contains(body.Text("duration"), StringComparer.Ordinal) ? "unknown duration"
            : video is null ? "video is required"
            : FaultOfFrames(video, body.Text("duration")!);
    }

    private static string? FaultOfFrames(JsonObject video, string duration)
    {
        var start = video["start_frame"];
        var keyframes = video["keyframes"] as JsonArray;
        return start is not null && duration is LongDuration ? "start_frame is not supported for 10s"
            : start is not null && keyframes is not null ? "start_frame and keyframes exclude each other"
            : start is not null && !IsImage(start) ? "start_frame needs exactly one source"
            : keyframes is not null && (keyframes.Count != (video["keyframe_indexes"] as JsonArray)?.Count || !keyframes.All(IsImage)) ? "keyframes need an index each"
            : null;
    }

    private static bool IsImage(JsonNode? frame) =>
        frame is JsonObject image && Sources.Count(image.ContainsKey) == 1 && image.ContainsKey("data") == image.ContainsKey("media_type");
}
