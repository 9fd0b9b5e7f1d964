using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Web.Providers.Fal;

// fal's queue, as its client 1.10 speaks it. The input and the result are those of the model.

/// <summary>Answer of <c>POST {endpoint}</c>.</summary>
internal sealed record FalSubmission
{
    [JsonPropertyName("request_id")]
    public string? RequestId { get; init; }

    [JsonPropertyName("status_url")]
    public string? StatusUrl { get; init; }
}

/// <summary>Answer of <c>GET .../requests/{id}/status</c>. A failed run is COMPLETED as well: only its result tells.</summary>
internal sealed record FalStatus
{
    public string? Status { get; init; }

    /// <summary>How many requests are ahead.</summary>
    [JsonPropertyName("queue_position")]
    public int? QueuePosition { get; init; }
}

/// <summary>Answer of <c>GET .../requests/{id}</c>: what the model gave back. Those of videos have one of these members.</summary>
internal sealed record FalResult
{
    /// <summary>A file.</summary>
    public JsonElement? Video { get; init; }

    /// <summary>A list of files.</summary>
    public JsonElement? Videos { get; init; }

    /// <summary>The links of all videos in it, in their order.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Links =>
    [
        .. (Videos is { ValueKind: JsonValueKind.Array } videos ? videos.EnumerateArray() : Enumerable.Empty<JsonElement>())
            .Concat(Video is { } video ? [video] : [])
            .Select(LinkOf)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal),
    ];

    // A few models name the link where others have a file with one.
    private static string? LinkOf(JsonElement file) => file.ValueKind switch
    {
        JsonValueKind.String => file.GetString(),
        JsonValueKind.Object when file.TryGetProperty("url", out var url) && url.ValueKind is JsonValueKind.String => url.GetString(),
        _ => null,
    };
}
