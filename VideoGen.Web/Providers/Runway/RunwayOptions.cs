using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Runway;

/// <summary>Runway's developer API. Section "Providers:Runway".</summary>
public sealed class RunwayOptions : RemoteProviderOptions
{
    public RunwayOptions()
    {
        BaseAddress = new Uri("https://api.dev.runwayml.com/v1/");

        // The lowest tier of an account; Runway lets more of them wait there, where they are in nobody's turn.
        MaxConcurrentJobs = 2;

        // Runway wants no task to be asked about more often than this; a shorter one counts as this.
        PollInterval = TimeSpan.FromSeconds(5);
    }
}
