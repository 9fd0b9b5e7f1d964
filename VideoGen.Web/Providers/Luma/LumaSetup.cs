using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using VideoGen.Web.Providers.Luma.Agents;
using VideoGen.Web.Providers.Luma.DreamMachine;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Luma;

/// <summary>Luma's two APIs, each where its own key is set.</summary>
internal static class LumaSetup
{
    private const string DreamMachine = "luma";
    private const string Agents = "luma-agents";

    public static void AddLuma(this WebApplicationBuilder builder)
    {
        if (builder.AddRemoteProvider<DreamMachineOptions, DreamMachineVideoProvider>(DreamMachine, "Providers:Luma", Authorize))
        {
            builder.Services.AddSingleton(static provider => new DreamMachineApi(HttpOf(provider, DreamMachinePeer(OptionsOf<DreamMachineOptions>(provider)))));
        }

        if (builder.AddRemoteProvider<LumaAgentsOptions, LumaAgentsVideoProvider>(Agents, "Providers:LumaAgents", Authorize))
        {
            builder.Services.AddSingleton(static provider => new LumaAgentsApi(HttpOf(provider, AgentsPeer(OptionsOf<LumaAgentsOptions>(provider)))));
        }
    }

    private static ProviderPeer DreamMachinePeer(DreamMachineOptions options)
    {
        const string Name = "Luma Dream Machine";
        return new ProviderPeer
        {
            Id = DreamMachine,
            Name = Name,
            BaseAddress = options.Root,
            Secrets = [options.ApiKey],
            Understand = static error => DreamMachineApi.Understand(Name, error.TextAt("detail")),
        };
    }

    private static ProviderPeer AgentsPeer(LumaAgentsOptions options) => new()
    {
        Id = Agents,
        Name = "Luma",
        BaseAddress = options.Root,
        Secrets = [options.ApiKey],

        // No codes of refusals are known; content is judged while it is made.
        Understand = static _ => null,
    };

    private static ProviderHttp HttpOf(IServiceProvider provider, ProviderPeer peer) => ActivatorUtilities.CreateInstance<ProviderHttp>(provider, peer);

    private static T OptionsOf<T>(IServiceProvider provider)
        where T : class => provider.GetRequiredService<IOptions<T>>().Value;

    private static void Authorize(RemoteProviderOptions options, HttpClient client) =>
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
}
