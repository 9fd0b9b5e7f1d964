using Microsoft.Extensions.Options;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google.Gemini;

/// <summary>Registers the Gemini API where its key is set.</summary>
internal static class GeminiSetup
{
    private const string ProviderId = "gemini";
    private const string ProviderName = "Gemini";

    public static void AddGemini(this WebApplicationBuilder builder)
    {
        builder.AddGeminiCallback(ProviderId, GeminiOptions.SectionName);
        if (!builder.HasKey(ProviderId, GeminiOptions.SectionName))
        {
            return;
        }

        var services = builder.Services;
        services.AddOptions<GeminiOptions>().BindConfiguration(GeminiOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddProviderClient(ProviderId, OptionsOf, static (options, client) => client.DefaultRequestHeaders.Add("x-goog-api-key", options.ApiKey));
        services.AddSingleton<IVideoProvider>(Create);
    }

    private static GeminiVideoProvider Create(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        var peer = new ProviderPeer
        {
            Id = ProviderId,
            Name = ProviderName,
            BaseAddress = options.Root,
            Secrets = [options.ApiKey],
            Understand = static error => GoogleErrors.Understand(ProviderName, error),
        };
        var api = new GeminiApi(ActivatorUtilities.CreateInstance<ProviderHttp>(provider, peer));
        return ActivatorUtilities.CreateInstance<GeminiVideoProvider>(provider, peer, options, api);
    }

    private static GeminiOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<GeminiOptions>>().Value;
}
