using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;

namespace VideoGen.Simulator.Dialects.OpenAI;

/// <summary>What the body of a create asks for, or what is wrong with it.</summary>
internal sealed record OpenAIOrder(string Prompt, string Model, int Width, int Height, int Seconds)
{
    private const int LongestPrompt = 32_000;

    private static readonly string[] Sizes = ["720x1280", "1280x720", "1024x1792", "1792x1024", "1080x1920", "1920x1080"];
    private static readonly string[] Lengths = ["4", "8", "12", "16", "20"];
    private static readonly string[] ReferenceTypes = ["image/jpeg", "image/png", "image/webp"];

    public static (OpenAIOrder? Order, Refusal? Refusal) From(RequestBody body)
    {
        var prompt = body.Text("prompt");
        var seconds = body.Text("seconds") ?? "4";
        var size = body.Text("size") ?? "720x1280";
        if (FaultOf(body, prompt, seconds, size) is { } fault)
        {
            return (null, fault);
        }

        var sides = size.Split('x');
        return (new OpenAIOrder(prompt!, body.Text("model") ?? "sora-2", Number(sides[0]), Number(sides[1]), Number(seconds)), null);
    }

    private static Refusal? FaultOf(RequestBody body, string? prompt, string seconds, string size)
    {
        if (string.IsNullOrEmpty(prompt))
        {
            return Bad("prompt", "Missing required parameter: 'prompt'.");
        }

        if (prompt.Length > LongestPrompt)
        {
            return Bad("prompt", $"Invalid 'prompt': string too long. Expected a string with maximum length {LongestPrompt.ToString(CultureInfo.InvariantCulture)}.");
        }

        if (body.Json?["seconds"]?.GetValueKind() is JsonValueKind.Number)
        {
            return Bad("seconds", "Invalid type for 'seconds': expected a string, but got an integer instead.");
        }

        if (!Lengths.Contains(seconds, StringComparer.Ordinal))
        {
            return Bad("seconds", $"Invalid value: '{seconds}'. Supported values are: {List(Lengths)}.");
        }

        if (!Sizes.Contains(size, StringComparer.Ordinal))
        {
            return Bad("size", $"Invalid value: '{size}'. Supported values are: {List(Sizes)}.");
        }

        return FaultOfReference(body);
    }

    private static Refusal? FaultOfReference(RequestBody body)
    {
        const string Field = "input_reference";
        var file = body.Parts.FirstOrDefault(part => string.Equals(part.Name, Field, StringComparison.Ordinal));
        if (file is not null && !ReferenceTypes.Contains(file.ContentType, StringComparer.Ordinal))
        {
            return Bad(Field, $"Unsupported file type '{file.ContentType}'. Supported types are: {List(ReferenceTypes)}.");
        }

        return body.Json?[Field] switch
        {
            null => null,
            JsonObject reference when reference.ContainsKey("file_id") != reference.ContainsKey("image_url") => null,
            _ => Bad(Field, "Provide exactly one of 'file_id' and 'image_url'."),
        };
    }

    private static Refusal Bad(string field, string message) => new(RefusalReason.BadRequest, message, field);

    private static string List(string[] values) => string.Join(", ", values.Select(value => $"'{value}'"));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
