using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace VideoGen.Web.Providers.Replicate;

// Replicate's predictions, API version 1. Input and output are those of the model.

/// <summary>Body of <c>POST predictions</c> and <c>POST models/{owner}/{name}/predictions</c>.</summary>
/// <param name="Version">Only for the former.</param>
/// <param name="Webhook">Told about the events named beside it.</param>
internal sealed record CreatePredictionBody(
    JsonObject Input,
    string? Version,
    string? Webhook,
    [property: JsonPropertyName("webhook_events_filter")] IReadOnlyList<string>? WebhookEventsFilter);

/// <summary>A prediction.</summary>
internal sealed record Prediction
{
    public string? Id { get; init; }

    public string? Status { get; init; }

    /// <summary>"owner/name".</summary>
    public string? Model { get; init; }

    public string? Version { get; init; }

    public JsonElement? Input { get; init; }

    /// <summary>A link, or a list of links.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Why it failed; a text, where the model says no more.</summary>
    public JsonElement? Error { get; init; }

    /// <summary>Input, output and files are deleted an hour after the end.</summary>
    [JsonPropertyName("data_removed")]
    public bool? DataRemoved { get; init; }

    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>All links of the output, in their order.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Links => Output switch
    {
        { ValueKind: JsonValueKind.String } link => [link.GetString()!],
        { ValueKind: JsonValueKind.Array } links =>
            [.. links.EnumerateArray().Where(link => link.ValueKind is JsonValueKind.String).Select(link => link.GetString()!)],
        _ => [],
    };

    /// <summary>The texts in the input. One is the prompt; which one depends on the model.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Texts => Input is { ValueKind: JsonValueKind.Object } input
        ? [.. input.EnumerateObject().Where(member => member.Value.ValueKind is JsonValueKind.String).Select(member => member.Value.GetString()!)]
        : [];
}

/// <summary>Answer of <c>GET predictions</c>, the newest first.</summary>
/// <param name="Next">The link to older ones, or <see langword="null"/>.</param>
internal sealed record PredictionList(IReadOnlyList<Prediction>? Results, string? Next);
