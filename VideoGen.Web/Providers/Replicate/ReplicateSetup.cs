using System.Net.Http.Headers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Replicate;

/// <summary>Replicate's predictions.</summary>
internal static class ReplicateSetup
{
    public const string ProviderId = "replicate";

    private const string Section = "Providers:Replicate";

    public static void AddReplicate(this WebApplicationBuilder builder)
    {
        builder.AddReplicateCallback(ProviderId, Section);
        builder.AddRemoteProvider<ReplicateOptions, ReplicateVideoProvider>(
            ProviderId, Section, static (options, client) => client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey));
    }
}
