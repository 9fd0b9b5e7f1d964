using System.Text.Json;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google.Gemini;

/// <summary>
/// Webhooks of the Gemini API that are set up for the whole project: <c>{"type": "interaction.completed", "data": {"id": "…"}}</c>.
/// </summary>
internal static class GeminiCallback
{
    private const string Collection = "interactions/";

    /// <param name="id">The provider's id in the catalogue.</param>
    /// <param name="section">Its section in the configuration.</param>
    public static void AddGeminiCallback(this WebApplicationBuilder builder, string id, string section) =>
        builder.AddProviderCallback(id, section, JobIdOf);

    /// <summary>The id of the interaction, also where it is named as a resource.</summary>
    public static string? JobIdOf(JsonElement message) =>
        (message.TextAt("data", "id") ?? message.TextAt("data", "name")) is not { } id ? null
        : id.StartsWith(Collection, StringComparison.Ordinal) ? id[Collection.Length..]
        : id;
}
