using System.ComponentModel.DataAnnotations;

namespace VideoGen.Web.Prompts;

/// <summary>The language model that makes long prompts fit. Section "Refinement".</summary>
internal sealed class RefinementOptions
{
    public const string SectionName = "Refinement";

    public const string Bearer = "bearer";

    public const string ApiKeyHeader = "api-key";

    /// <summary>The key of the chat service. Without one, prompts are shortened here at sentence borders.</summary>
    [RegularExpression("^[!-~]*$", ErrorMessage = "Refinement:ApiKey must be one word of plain letters, digits and signs.")]
    public string? ApiKey { get; set; }

    /// <summary>Where chat completions are asked for: OpenAI, <c>https://{resource}.openai.azure.com/openai/v1/</c> for Azure OpenAI, or a service that speaks the same.</summary>
    public string Endpoint { get; set; } = "https://api.openai.com/v1/";

    /// <summary>The chat model; at Azure OpenAI the name of the deployment.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Refinement:Model must name a chat model.")]
    public string Model { get; set; } = "gpt-4o";

    /// <summary>How the key is sent: "bearer" in the Authorization header, or "api-key" in a header of that name, as older Azure gateways want it.</summary>
    [AllowedValues(Bearer, ApiKeyHeader, ErrorMessage = "Refinement:KeyHeader must be \"bearer\" or \"api-key\".")]
    public string KeyHeader { get; set; } = Bearer;

    /// <summary>How long an answer is waited for. A person is looking on, so not long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00", ErrorMessage = "Refinement:Timeout must be from 1 second to 2 minutes.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    internal bool HasAddress => Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http", UserInfo: "" };
}
