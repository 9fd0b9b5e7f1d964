using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google.Gemini;

/// <summary>Gemini Omni by the Interactions API. Section "Providers:Gemini".</summary>
public sealed class GeminiOptions : RemoteProviderOptions
{
    public const string SectionName = "Providers:Gemini";

    public GeminiOptions()
    {
        BaseAddress = new Uri("https://generativelanguage.googleapis.com/v1beta/");

        // A job takes a minute or more and reports no progress on the way.
        PollInterval = TimeSpan.FromSeconds(10);
    }

    /// <summary>Whether the interaction, with prompt and result, is deleted there once the video is stored here.</summary>
    public bool DeleteStoredResults { get; set; }
}
