using System.ComponentModel.DataAnnotations;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.AzureSora;

/// <summary>
/// The jobs API that Azure OpenAI has for the first Sora. Section "Providers:AzureSora". The base address is that of the resource,
/// such as https://{resource}.openai.azure.com/; the model of a catalogue entry is the name of a deployment.
/// </summary>
public sealed class AzureSoraOptions : RemoteProviderOptions
{
    // Azure runs two jobs of an account at a time.
    public AzureSoraOptions() => MaxConcurrentJobs = 2;

    /// <summary>How the key is sent: <see cref="KeyHeader.Bearer"/> for a token of Microsoft Entra.</summary>
    public KeyHeader KeyHeader { get; set; } = KeyHeader.ApiKey;

    /// <summary>The <c>api-version</c> of every request. The API never left its preview.</summary>
    [Required]
    public string ApiVersion { get; set; } = "preview";
}
