using Microsoft.Extensions.Options;

namespace VideoGen.Web.Providers.Transport;

/// <summary>Where providers can reach this server. Section "Webhooks".</summary>
public sealed class CallbackOptions
{
    public const string SectionName = "Webhooks";

    /// <summary>
    /// This server's address as seen from the internet, such as <c>https://videos.example.org/</c>. Given to the providers that
    /// want an address with each job (fal, Luma, Replicate); <see langword="null"/> when they cannot reach us, which costs nothing but seconds.
    /// </summary>
    public Uri? PublicAddress { get; set; }
}

/// <summary>An address that no provider can use would be noticed by nobody: polling finishes the jobs as well.</summary>
internal sealed class CallbackOptionsCheck : IValidateOptions<CallbackOptions>
{
    private const string Setting = $"{CallbackOptions.SectionName}:{nameof(CallbackOptions.PublicAddress)}";

    public ValidateOptionsResult Validate(string? name, CallbackOptions options) =>
        options.PublicAddress is null || IsUsable(options.PublicAddress)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{Setting} must be an address such as https://videos.example.org/, without a query.");

    private static bool IsUsable(Uri address) =>
        address.IsAbsoluteUri
        && (string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) || string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal))
        && address is { UserInfo: "", Query: "", Fragment: "" };
}
