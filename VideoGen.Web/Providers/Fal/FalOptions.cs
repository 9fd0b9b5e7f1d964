using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Fal;

/// <summary>An account at fal. Section "Providers:Fal".</summary>
public sealed class FalOptions : RemoteProviderOptions
{
    // A new account runs two requests at once and queues the rest there, where no turn by owner is kept.
    public FalOptions()
    {
        BaseAddress = new Uri("https://queue.fal.run/");
        MaxConcurrentJobs = 2;
    }
}
