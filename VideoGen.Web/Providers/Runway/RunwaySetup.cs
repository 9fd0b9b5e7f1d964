using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Runway;

/// <summary>Runway, where its key is set.</summary>
internal static class RunwaySetup
{
    private const string Id = "runway";

    public static void AddRunway(this WebApplicationBuilder builder)
    {
        if (builder.AddRemoteProvider<RunwayOptions, RunwayVideoProvider>(Id, "Providers:Runway", Authorize))
        {
            builder.Services.AddSingleton(provider => new RunwayApi(
                ActivatorUtilities.CreateInstance<ProviderHttp>(provider, PeerOf(provider.GetRequiredService<IOptions<RunwayOptions>>().Value))));
        }
    }

    private static ProviderPeer PeerOf(RunwayOptions options) => new()
    {
        Id = Id,
        Name = "Runway",
        BaseAddress = options.Root,
        Secrets = [options.ApiKey],

        // Its refusals have texts and no codes; content is judged when the task runs.
        Understand = static _ => null,
    };

    private static void Authorize(RunwayOptions options, HttpClient client)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        client.DefaultRequestHeaders.Add(RunwayApi.VersionHeader, RunwayApi.Version);
    }
}
