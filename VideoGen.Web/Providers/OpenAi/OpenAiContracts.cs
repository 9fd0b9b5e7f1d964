using System.Text.Json.Serialization;

namespace VideoGen.Web.Providers.OpenAi;

// The OpenAI Videos API as its clients of 2026 speak it; the API itself was shut down, gateways still serve it.

/// <summary>Body of <c>POST videos</c> without a file.</summary>
/// <param name="Seconds">A string on the wire; a number is refused.</param>
/// <param name="Size">"1280x720".</param>
internal sealed record CreateVideoBody(string Prompt, string Model, string Seconds, string Size);

/// <summary>Body of <c>POST videos/{id}/remix</c>.</summary>
internal sealed record RemixVideoBody(string Prompt);

/// <summary>A video object. Gateways leave out most of it and add members of their own.</summary>
internal sealed record VideoObject
{
    public string? Id { get; init; }

    public string? Status { get; init; }

    /// <summary>0 to 100.</summary>
    public double? Progress { get; init; }

    public string? Model { get; init; }

    public string? Prompt { get; init; }

    public string? Size { get; init; }

    public string? Seconds { get; init; }

    /// <summary>Unix seconds.</summary>
    [JsonPropertyName("created_at")]
    public long? CreatedAt { get; init; }

    public VideoError? Error { get; init; }
}

internal sealed record VideoError(string? Code, string? Message);

/// <summary>Answer of <c>GET videos</c>.</summary>
internal sealed record VideoList(
    IReadOnlyList<VideoObject>? Data, [property: JsonPropertyName("has_more")] bool HasMore, [property: JsonPropertyName("last_id")] string? LastId);
