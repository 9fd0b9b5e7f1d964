using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Web.Providers.OpenAi;

// The OpenAI Videos API as its clients of 2026 speak it; the API itself was shut down, gateways still serve it.

/// <summary>Body of <c>POST videos</c> without a file.</summary>
/// <param name="Seconds">A string on the wire; a number is refused.</param>
/// <param name="Size">"1280x720".</param>
internal sealed record CreateVideoBody(string Prompt, string Model, string Seconds, string Size);

/// <summary>Body of <c>POST videos/{id}/remix</c>.</summary>
internal sealed record RemixVideoBody(string Prompt);

/// <summary>A video object. Gateways leave out most of it, add members of their own, and are not strict about types.</summary>
internal sealed record VideoObject
{
    public string? Id { get; init; }

    public string? Status { get; init; }

    /// <summary>0 to 100.</summary>
    public double? Progress { get; init; }

    public string? Model { get; init; }

    public string? Prompt { get; init; }

    public string? Size { get; init; }

    /// <summary>A text, or a number at some gateways.</summary>
    public JsonElement Seconds { get; init; }

    /// <summary>The id of the video that this one remakes; a null or nothing at all for others.</summary>
    [JsonPropertyName("remixed_from_video_id")]
    public JsonElement RemixedFrom { get; init; }

    /// <summary>Unix seconds.</summary>
    [JsonPropertyName("created_at")]
    public double? CreatedAt { get; init; }

    /// <summary>An object with a code and a message, or a text alone at some gateways.</summary>
    public JsonElement Error { get; init; }

    [JsonIgnore]
    public string? ErrorCode => ErrorMember("code");

    [JsonIgnore]
    public string? ErrorMessage => Error.ValueKind is JsonValueKind.String ? Error.GetString() : ErrorMember("message");

    private string? ErrorMember(string name) =>
        Error.ValueKind is JsonValueKind.Object && Error.TryGetProperty(name, out var member) ? member.ToString() : null;
}

/// <summary>Answer of <c>GET videos</c>.</summary>
internal sealed record VideoList(IReadOnlyList<VideoObject>? Data, [property: JsonPropertyName("has_more")] bool? HasMore);
