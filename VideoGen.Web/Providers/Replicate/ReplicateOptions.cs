using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Replicate;

/// <summary>An account at Replicate. Section "Providers:Replicate".</summary>
public sealed class ReplicateOptions : RemoteProviderOptions
{
    public ReplicateOptions() => BaseAddress = new Uri("https://api.replicate.com/v1/");
}
