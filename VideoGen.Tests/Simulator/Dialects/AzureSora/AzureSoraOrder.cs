using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;

namespace VideoGen.Simulator.Dialects.AzureSora;

/// <summary>What the body of a create asks for, or what is wrong with it.</summary>
internal sealed record AzureSoraOrder(string Prompt, string Model, int Width, int Height, int Seconds, int Variants)
{
    private const int Longest = 20;
    private const int MostVariants = 4;

    private static readonly string[] Sizes =
        ["480x480", "480x854", "854x480", "720x720", "720x1280", "1280x720", "1080x1080", "1080x1920", "1920x1080"];

    public static (AzureSoraOrder? Order, Refusal? Refusal) From(RequestBody body)
    {
        if (body.Text("prompt") is not { Length: > 0 } prompt || body.Text("model") is not { Length: > 0 } model)
        {
            return Bad("prompt", "'model' and 'prompt' are required.");
        }

        var order = new AzureSoraOrder(
            prompt, model, Number(body, "width") ?? 0, Number(body, "height") ?? 0, Number(body, "n_seconds") ?? 5, Number(body, "n_variants") ?? 1);
        if (!Sizes.Contains(string.Create(CultureInfo.InvariantCulture, $"{order.Width}x{order.Height}"), StringComparer.Ordinal))
        {
            return Bad("width", "The resolution is not supported.");
        }

        if (order.Seconds is < 1 or > Longest)
        {
            return Bad("n_seconds", "'n_seconds' is out of range.");
        }

        if (order.Variants < 1 || order.Variants > MostVariantsOf(order))
        {
            return Bad("n_variants", "Too many variants for this resolution.");
        }

        return FaultOfInpainting(body) is { } fault ? (null, fault) : (order, null);
    }

    private static int MostVariantsOf(AzureSoraOrder order) => Math.Min(order.Width, order.Height) switch
    {
        >= 1080 => 1,
        >= 720 => 2,
        _ => MostVariants,
    };

    // Each item names a file of the form by its file name, and each file wants an item.
    private static Refusal? FaultOfInpainting(RequestBody body)
    {
        var files = body.Parts.Where(part => part.FileName is not null).ToList();
        var items = ItemsOf(body.Text("inpaint_items"));
        if (items is null || files.Exists(file => !string.Equals(file.Name, "files", StringComparison.Ordinal)))
        {
            return new Refusal(RefusalReason.BadRequest, "'inpaint_items' cannot be read.", "inpaint_items");
        }

        var named = items.Select(item => item["file_name"]?.GetValue<string>()).Order(StringComparer.Ordinal);
        var sent = files.Select(file => file.FileName).Order(StringComparer.Ordinal);
        return named.SequenceEqual(sent, StringComparer.Ordinal) && items.All(IsWhole)
            ? null
            : new Refusal(RefusalReason.BadRequest, "'inpaint_items' and 'files' do not fit together.", "inpaint_items");
    }

    private static bool IsWhole(JsonObject item) =>
        item["frame_index"]?.GetValueKind() is JsonValueKind.Number && item["type"]?.GetValue<string>() is "image" or "video";

    private static IReadOnlyList<JsonObject>? ItemsOf(string? text)
    {
        try
        {
            return text is null ? [] : [.. JsonNode.Parse(text)!.AsArray().Select(item => item!.AsObject())];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // A number in JSON, a text in a form.
    private static int? Number(RequestBody body, string name) =>
        body.Json?[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number
        : int.TryParse(body.Parts.FirstOrDefault(part => string.Equals(part.Name, name, StringComparison.Ordinal))?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number
        : null;

    private static (AzureSoraOrder? Order, Refusal? Refusal) Bad(string field, string message) => (null, new Refusal(RefusalReason.BadRequest, message, field));
}
