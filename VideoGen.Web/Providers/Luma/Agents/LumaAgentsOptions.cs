using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Luma.Agents;

/// <summary>Luma's present API, the Agents API. Section "Providers:LumaAgents".</summary>
public sealed class LumaAgentsOptions : RemoteProviderOptions
{
    public LumaAgentsOptions() => BaseAddress = new Uri("https://agents.lumalabs.ai/v1/");
}
