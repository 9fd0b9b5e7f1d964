using System.Net.Http.Headers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Fal;

/// <summary>fal's queue.</summary>
internal static class FalSetup
{
    public const string ProviderId = "fal";

    public static void AddFal(this WebApplicationBuilder builder) => builder.AddRemoteProvider<FalOptions, FalVideoProvider>(
        ProviderId,
        "Providers:Fal",
        static (options, client) => client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Key", options.ApiKey));
}
