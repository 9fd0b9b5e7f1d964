using Microsoft.Extensions.Options;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google.Vertex;

/// <summary>Registers Vertex AI where an account is named that may use it.</summary>
internal static class VertexSetup
{
    public const string ProviderId = "vertex";
    public const string ProviderName = "Vertex AI";
    public const string CredentialsSetting = $"{VertexOptions.SectionName}:{nameof(VertexOptions.CredentialsFile)}";

    private const string TokenSetting = $"{VertexOptions.SectionName}:{nameof(VertexOptions.AccessToken)}";

    public static void AddVertex(this WebApplicationBuilder builder)
    {
        if (!builder.HasOneOf(ProviderId, CredentialsSetting, TokenSetting))
        {
            return;
        }

        var services = builder.Services;
        services.AddOptions<VertexOptions>()
            .BindConfiguration(VertexOptions.SectionName)
            .PostConfigure(static options => options.BaseAddress ??= new Uri($"https://{options.Location}-aiplatform.googleapis.com/v1/"))
            .ValidateDataAnnotations()
            .ValidateOnStart();

        // The token changes, so each request brings it along.
        services.AddProviderClient(ProviderId, OptionsOf, static (_, _) => { });
        services.AddSingleton(provider => new GoogleTokens(
            OptionsOf(provider), peer => ActivatorUtilities.CreateInstance<ProviderHttp>(provider, peer), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IVideoProvider>(Create);
    }

    private static VertexVideoProvider Create(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        var tokens = provider.GetRequiredService<GoogleTokens>();
        var peer = new ProviderPeer
        {
            Id = ProviderId,
            Name = ProviderName,
            BaseAddress = options.Root,
            Secrets = tokens.Secrets,
            Understand = static error => GoogleErrors.Understand(ProviderName, error),
        };
        var http = ActivatorUtilities.CreateInstance<ProviderHttp>(provider, peer);
        var storage = ActivatorUtilities.CreateInstance<ProviderHttp>(provider, peer with { BaseAddress = options.StorageRoot });
        return new VertexVideoProvider(peer, options, new VertexApi(http, storage, tokens, options));
    }

    private static VertexOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<VertexOptions>>().Value;
}
