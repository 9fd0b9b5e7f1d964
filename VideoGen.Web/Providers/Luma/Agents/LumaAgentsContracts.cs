using System.Text.Json.Serialization;

namespace VideoGen.Web.Providers.Luma.Agents;

/// <summary>Body of <c>POST generations</c>.</summary>
internal sealed record CreateGenerationBody
{
    public string Type { get; } = "video";

    public required string Model { get; init; }

    public required string Prompt { get; init; }

    /// <summary>"16:9".</summary>
    [JsonPropertyName("aspect_ratio")]
    public required string AspectRatio { get; init; }

    public required VideoSettings Video { get; init; }
}

internal sealed record VideoSettings
{
    /// <summary>"540p".</summary>
    public required string Resolution { get; init; }

    /// <summary>"5s" or "10s".</summary>
    public required string Duration { get; init; }

    /// <summary>The first picture; only of 5 s.</summary>
    [JsonPropertyName("start_frame")]
    public FrameImage? StartFrame { get; init; }

    /// <summary>Pictures on the way, whatever the length.</summary>
    public IReadOnlyList<FrameImage>? Keyframes { get; init; }

    /// <summary>Where each of them stands, counted in frames.</summary>
    [JsonPropertyName("keyframe_indexes")]
    public IReadOnlyList<int>? KeyframeIndexes { get; init; }
}

/// <param name="Data">Base64.</param>
internal sealed record FrameImage(string Data, [property: JsonPropertyName("media_type")] string MediaType);

/// <summary>A generation, as created or looked at.</summary>
internal sealed record Generation
{
    public string? Id { get; init; }

    public string? State { get; init; }

    /// <summary>Links of an hour; each look gives fresh ones.</summary>
    public IReadOnlyList<GenerationOutput>? Output { get; init; }

    /// <summary>"content_moderated", "generation_failed", "budget_exhausted", "output_not_found".</summary>
    [JsonPropertyName("failure_code")]
    public string? FailureCode { get; init; }

    [JsonPropertyName("failure_reason")]
    public string? FailureReason { get; init; }
}

/// <param name="Type">"video"; there may be others beside it.</param>
internal sealed record GenerationOutput(string? Type, string? Url);
