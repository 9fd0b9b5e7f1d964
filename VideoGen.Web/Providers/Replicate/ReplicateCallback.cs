using System.Text.Json;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Replicate;

/// <summary>Webhooks of Replicate: the prediction as it stands.</summary>
internal static class ReplicateCallback
{
    /// <param name="id">The provider's id in the catalogue.</param>
    /// <param name="section">Its section in the configuration.</param>
    public static void AddReplicateCallback(this WebApplicationBuilder builder, string id, string section) =>
        builder.AddProviderCallback(id, section, JobIdOf);

    public static string? JobIdOf(JsonElement prediction) => prediction.TextAt("id");
}
