using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Luma.DreamMachine;

/// <summary>Luma's older API, Dream Machine. Section "Providers:Luma".</summary>
public sealed class DreamMachineOptions : RemoteProviderOptions
{
    public DreamMachineOptions() => BaseAddress = new Uri("https://api.lumalabs.ai/dream-machine/v1/");
}
