using System.Text.Json.Serialization;

namespace VideoGen.Web.Providers.Luma.DreamMachine;

/// <summary>Body of <c>POST generations/video</c>. Images would have to be public addresses, which ours are not.</summary>
internal sealed record CreateGenerationBody
{
    [JsonPropertyName("generation_type")]
    public string GenerationType { get; } = "video";

    public required string Model { get; init; }

    public required string Prompt { get; init; }

    /// <summary>"16:9".</summary>
    [JsonPropertyName("aspect_ratio")]
    public required string AspectRatio { get; init; }

    /// <summary>"5s" or "9s".</summary>
    public required string Duration { get; init; }

    /// <summary>"540p".</summary>
    public required string Resolution { get; init; }

    [JsonPropertyName("callback_url")]
    public required string CallbackUrl { get; init; }
}

/// <summary>A generation, as created, looked at or listed.</summary>
internal sealed record Generation
{
    public string? Id { get; init; }

    public string? State { get; init; }

    /// <summary>A text for people; there are no codes.</summary>
    [JsonPropertyName("failure_reason")]
    public string? FailureReason { get; init; }

    /// <summary>ISO 8601.</summary>
    [JsonPropertyName("created_at")]
    public string? CreatedAt { get; init; }

    public GenerationAssets? Assets { get; init; }

    public GenerationRequest? Request { get; init; }
}

/// <summary>Links to what was made.</summary>
internal sealed record GenerationAssets(string? Video);

/// <summary>What was asked for, as it is said back.</summary>
internal sealed record GenerationRequest(string? Prompt, [property: JsonPropertyName("callback_url")] string? CallbackUrl);

/// <summary>Answer of <c>GET generations</c>.</summary>
internal sealed record GenerationList(IReadOnlyList<Generation>? Generations);
