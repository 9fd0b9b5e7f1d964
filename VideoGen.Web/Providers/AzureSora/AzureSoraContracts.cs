using System.Text.Json.Serialization;

namespace VideoGen.Web.Providers.AzureSora;

/// <summary>Body of <c>POST jobs</c>. With a file the same fields are parts of a form.</summary>
/// <param name="Model">Name of the deployment.</param>
/// <param name="Variants">1: variations are jobs of their own here.</param>
internal sealed record CreateJobBody(
    string Model,
    string Prompt,
    int Width,
    int Height,
    [property: JsonPropertyName("n_seconds")] int Seconds,
    [property: JsonPropertyName("n_variants")] int Variants);

/// <summary>Says where a file of the form belongs in the video.</summary>
/// <param name="Type">"image" or "video".</param>
/// <param name="FileName">The file name of its part.</param>
internal sealed record InpaintItem(
    [property: JsonPropertyName("frame_index")] int FrameIndex,
    string Type,
    [property: JsonPropertyName("file_name")] string FileName,
    [property: JsonPropertyName("crop_bounds")] CropBounds CropBounds);

/// <summary>The part of the frame that a file fills, as fractions of its sides.</summary>
internal sealed record CropBounds(
    [property: JsonPropertyName("left_fraction")] double Left,
    [property: JsonPropertyName("top_fraction")] double Top,
    [property: JsonPropertyName("right_fraction")] double Right,
    [property: JsonPropertyName("bottom_fraction")] double Bottom)
{
    public static CropBounds Whole { get; } = new(0, 0, 1, 1);
}

/// <summary>Where a result lies. Most answers name no address: the file is then fetched by the id of its generation.</summary>
internal abstract record Addressed
{
    public string? Url { get; init; }

    [JsonPropertyName("content_url")]
    public string? ContentUrl { get; init; }

    [JsonPropertyName("video_url")]
    public string? VideoUrl { get; init; }

    [JsonPropertyName("output_url")]
    public string? OutputUrl { get; init; }

    [JsonIgnore]
    public string? Address => new[] { Url, ContentUrl, VideoUrl, OutputUrl }.FirstOrDefault(address => !string.IsNullOrWhiteSpace(address));
}

/// <summary>A job.</summary>
internal sealed record SoraJob : Addressed
{
    public string? Id { get; init; }

    public string? Status { get; init; }

    /// <summary>Unix seconds.</summary>
    [JsonPropertyName("created_at")]
    public double? CreatedAt { get; init; }

    public string? Model { get; init; }

    public string? Prompt { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    [JsonPropertyName("n_seconds")]
    public int? Seconds { get; init; }

    /// <summary>One for each finished file.</summary>
    public IReadOnlyList<SoraGeneration>? Generations { get; init; }

    /// <summary>"input_moderation", "output_moderation", "internal_error" and others.</summary>
    [JsonPropertyName("failure_reason")]
    public string? FailureReason { get; init; }
}

/// <summary>One file that a job has made.</summary>
internal sealed record SoraGeneration : Addressed
{
    public string? Id { get; init; }
}

/// <summary>Answer of <c>GET jobs</c>.</summary>
internal sealed record SoraJobList(IReadOnlyList<SoraJob>? Data, [property: JsonPropertyName("has_more")] bool? HasMore);
