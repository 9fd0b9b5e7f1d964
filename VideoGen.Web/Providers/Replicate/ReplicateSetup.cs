using System.Net.Http.Headers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Replicate;

/// <summary>Replicate's predictions.</summary>
internal static class ReplicateSetup
{
    public const string ProviderId = "replicate";

    public static void AddReplicate(this WebApplicationBuilder builder) => builder.AddRemoteProvider<ReplicateOptions, ReplicateVideoProvider>(
        ProviderId,
        "Providers:Replicate",
        static (options, client) => client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey));
}
