using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Domain.Providers;

namespace VideoGen.Domain.Models;

/// <summary>
/// How the input of a model is filled at a provider that runs any model: each names its members as it likes, so the catalogue says
/// which of ours goes where. A text in braces is a placeholder and always a whole value, such as <c>"duration": "{seconds:s}"</c>;
/// everything else is sent as it stands. Immutable.
/// </summary>
public sealed class ModelInput
{
    public const string Prompt = "{prompt}";
    public const string Seconds = "{seconds}";
    public const string SecondsAsNumber = "{seconds:number}";
    public const string SecondsWithUnit = "{seconds:s}";
    public const string Ratio = "{ratio}";
    public const string Resolution = "{resolution}";
    public const string Width = "{width}";
    public const string Height = "{height}";
    public const string Size = "{size}";
    public const string FrameRate = "{fps}";
    public const string Seed = "{seed}";
    public const string Image = "{image}";

    private static readonly FrozenDictionary<string, Func<VideoRequest, string?, JsonNode?>> Values =
        new Dictionary<string, Func<VideoRequest, string?, JsonNode?>>(StringComparer.Ordinal)
        {
            [Prompt] = static (request, _) => request.Prompt,
            [Seconds] = static (request, _) => JsonValue.Create(SecondsOf(request).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            [SecondsAsNumber] = static (request, _) => SecondsOf(request),
            [SecondsWithUnit] = static (request, _) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{SecondsOf(request)}s"),
            [Ratio] = static (request, _) => request.Size.AspectRatio,
            [Resolution] = static (request, _) => request.Size.Resolution,
            [Width] = static (request, _) => request.Size.Width,
            [Height] = static (request, _) => request.Size.Height,
            [Size] = static (request, _) => request.Size.ToString(),
            [FrameRate] = static (request, _) => request.FrameRate,
            [Seed] = static (request, _) => request.Seed,
            [Image] = static (_, image) => image,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, JsonElement> _members;
    private readonly HashSet<string> _placeholders;

    /// <param name="members">The members of the input by name, as in the catalogue.</param>
    public ModelInput(IReadOnlyDictionary<string, JsonElement> members)
    {
        _members = members;
        _placeholders = [.. members.Values.SelectMany(PlaceholdersIn)];
    }

    /// <summary>
    /// The ids of the providers that run any model and tell models apart by their input alone. Each of their entries has one; no
    /// other entry has.
    /// </summary>
    public static IReadOnlySet<string> Providers { get; } = new HashSet<string>(StringComparer.Ordinal) { "fal", "replicate" };

    /// <summary>A text that looks like a placeholder and is none, or <see langword="null"/>.</summary>
    public string? UnknownPlaceholder => _placeholders.FirstOrDefault(placeholder => !Values.ContainsKey(placeholder));

    /// <summary>Whether any of these placeholders stands somewhere in the input.</summary>
    public bool HasAny(params IEnumerable<string> placeholders) => placeholders.Any(_placeholders.Contains);

    /// <summary>
    /// The input for one video. A member whose placeholder has no value, such as the seed where none is given, is left out, and so is
    /// an object or list that would be empty without it.
    /// </summary>
    /// <param name="image">The reference image as a data URI, or <see langword="null"/>.</param>
    public JsonObject Fill(VideoRequest request, string? image)
    {
        var input = new JsonObject();
        foreach (var (name, template) in _members)
        {
            if (TryFill(template, request, image, out var value))
            {
                input[name] = value;
            }
        }

        return input;
    }

    private static bool TryFill(JsonElement template, VideoRequest request, string? image, out JsonNode? value)
    {
        switch (template.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in template.EnumerateObject())
                {
                    if (TryFill(member.Value, request, image, out var filled))
                    {
                        members[member.Name] = filled;
                    }
                }

                value = members;
                return members.Count > 0 || !template.EnumerateObject().Any();
            case JsonValueKind.Array:
                var items = new JsonArray();
                foreach (var item in template.EnumerateArray())
                {
                    if (TryFill(item, request, image, out var filled))
                    {
                        items.Add(filled);
                    }
                }

                value = items;
                return items.Count > 0 || template.GetArrayLength() == 0;
            case JsonValueKind.String when Values.TryGetValue(template.GetString()!, out var valueOf):
                value = valueOf(request, image);
                return value is not null;
            case JsonValueKind.Null:
                value = null;
                return true;
            default:
                value = JsonValue.Create(template);
                return true;
        }
    }

    // Braces have no other use in an input, so that a placeholder which is misspelt, or only part of a text, is found out.
    private static IEnumerable<string> PlaceholdersIn(JsonElement template) => template.ValueKind switch
    {
        JsonValueKind.Object => template.EnumerateObject().SelectMany(member => PlaceholdersIn(member.Value)),
        JsonValueKind.Array => template.EnumerateArray().SelectMany(PlaceholdersIn),
        JsonValueKind.String when template.GetString()!.AsSpan().ContainsAny('{', '}') => [template.GetString()!],
        _ => [],
    };

    // A decimal is written without an exponent and without a fraction that is none.
    private static decimal SecondsOf(VideoRequest request) => (decimal)request.Duration.TotalSeconds;
}
