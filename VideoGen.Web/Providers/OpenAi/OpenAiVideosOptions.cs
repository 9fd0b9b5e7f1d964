using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.OpenAi;

/// <summary>
/// One service that speaks the OpenAI Videos dialect. Sections "Providers:OpenAI", "Providers:AzureOpenAI", "Providers:LiteLLM",
/// and any name below "Providers:Gateways".
/// </summary>
public sealed class OpenAiVideosOptions : RemoteProviderOptions
{
    // The guide asks for 10 to 20 s between two looks at a video.
    public OpenAiVideosOptions() => PollInterval = TimeSpan.FromSeconds(10);

    /// <summary>Its name for people; <see langword="null"/> for the preset's, or the gateway's key in the configuration.</summary>
    public string? Name { get; set; }

    /// <summary>How the key is sent.</summary>
    public KeyHeader KeyHeader { get; set; } = KeyHeader.Bearer;

    /// <summary>
    /// Whether <c>GET videos</c> lists the account's videos reliably, so that a submission whose answer was lost can be looked
    /// for. Many gateways do not: there a person decides.
    /// </summary>
    public bool CanList { get; set; }

    /// <summary>Whether the provider's copy is deleted once the video is stored here.</summary>
    public bool DeleteStoredResults { get; set; }
}
