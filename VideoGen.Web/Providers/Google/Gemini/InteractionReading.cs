using System.Text.Json;

namespace VideoGen.Web.Providers.Google.Gemini;

/// <summary>What there is to find in an interaction.</summary>
internal static class InteractionReading
{
    /// <summary>The videos that the model made, in order. Those that were given to it are none of them.</summary>
    public static IEnumerable<(VideoPlace Place, InteractionContent? Video)> Videos(this Interaction interaction) =>
        from step in (interaction.Steps ?? []).Index()
        where step.Item.Type is "model_output"
        from content in (step.Item.Content ?? []).Index()
        where content.Item.Type is "video"
        select (new VideoPlace(step.Index, content.Index), (InteractionContent?)content.Item);

    /// <summary>What went wrong, in its own words: of the error, or of a model that answered with words.</summary>
    public static string Words(this Interaction interaction)
    {
        var said =
            from step in interaction.Steps ?? []
            where step.Type is "model_output"
            from content in step.Content ?? []
            where content.Type is "text"
            select content.Text;
        return string.Join(' ', said.Prepend(interaction.Error?.Message).Where(text => !string.IsNullOrEmpty(text)));
    }

    /// <summary>The texts that were asked, which are cut out of whatever is kept.</summary>
    public static IEnumerable<string?> Asked(this Interaction interaction) => interaction.Input.ValueKind switch
    {
        JsonValueKind.String => [interaction.Input.GetString()],
        JsonValueKind.Array => interaction.Input.EnumerateArray().Select(TextOf),
        _ => [],
    };

    private static string? TextOf(JsonElement block) =>
        block.ValueKind is JsonValueKind.Object && block.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;
}
