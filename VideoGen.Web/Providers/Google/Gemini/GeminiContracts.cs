using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Web.Providers.Google.Gemini;

// The Interactions API, as of November 2026.

/// <summary>Body of <c>POST interactions</c>.</summary>
/// <param name="Model">"gemini-omni-…".</param>
/// <param name="Input">The prompt alone, or blocks.</param>
/// <param name="Background">Whether it goes on without us; a video always does.</param>
internal sealed record InteractionBody(
    string Model,
    object Input,
    [property: JsonPropertyName("response_format")] VideoFormat ResponseFormat,
    [property: JsonPropertyName("generation_config")] GenerationConfig GenerationConfig,
    bool Background);

internal sealed record TextBlock(string Type, string Text);

internal sealed record ImageBlock(string Type, byte[] Data, [property: JsonPropertyName("mime_type")] string MimeType);

/// <param name="Type">"video".</param>
/// <param name="AspectRatio">"16:9" or "9:16".</param>
/// <param name="Duration">"8s".</param>
/// <param name="Resolution">"360p", "720p", "1080p" or "4k".</param>
/// <param name="Delivery">"uri" or "inline".</param>
internal sealed record VideoFormat(
    string Type, [property: JsonPropertyName("aspect_ratio")] string AspectRatio, string Duration, string Resolution, string Delivery);

internal sealed record GenerationConfig([property: JsonPropertyName("video_config")] VideoConfig VideoConfig);

/// <param name="Task">"text_to_video" or "image_to_video".</param>
internal sealed record VideoConfig(string Task);

/// <summary>An interaction.</summary>
internal sealed record Interaction
{
    public string? Id { get; init; }

    public string? Status { get; init; }

    /// <summary>What was asked, where it is said back: a text, or blocks.</summary>
    public JsonElement Input { get; init; }

    public IReadOnlyList<InteractionStep>? Steps { get; init; }

    public InteractionError? Error { get; init; }
}

internal sealed record InteractionStep(string? Type, IReadOnlyList<InteractionContent>? Content);

/// <param name="Type">"video", "text", …</param>
/// <param name="Uri">A file there.</param>
/// <param name="Data">The video itself as base64; empty here where it was left out in reading.</param>
/// <param name="Text">Words in the place of a video, or beside it.</param>
internal sealed record InteractionContent(string? Type, string? Uri, string? Data, string? Text);

/// <summary>google.rpc.Status, or a word in the place of its number.</summary>
internal sealed record InteractionError(JsonElement Code, string? Message);
