using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Replicate;

/// <summary>An account at Replicate. Section "Providers:Replicate".</summary>
public sealed class ReplicateOptions : RemoteProviderOptions
{
    public ReplicateOptions() => BaseAddress = new Uri("https://api.replicate.com/v1/");

    /// <summary>
    /// The public address of this installation that Replicate tells when a job has ended; each job adds its own last part to it.
    /// <see langword="null"/>: jobs are only asked about.
    /// </summary>
    public Uri? CallbackBase { get; set; }
}
