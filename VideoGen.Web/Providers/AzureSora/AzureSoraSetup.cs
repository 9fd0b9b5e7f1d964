using Microsoft.Extensions.Options;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.AzureSora;

/// <summary>Azure OpenAI's jobs API for Sora.</summary>
internal static class AzureSoraSetup
{
    private const string Id = "azure-sora";
    private const string Name = "Azure OpenAI";

    public static void AddAzureSora(this WebApplicationBuilder builder)
    {
        var isSet = builder.AddRemoteProvider<AzureSoraOptions, AzureSoraVideoProvider>(
            Id, "Providers:AzureSora", static (options, client) => client.Authorize(options.KeyHeader, options.ApiKey));
        if (isSet)
        {
            builder.Services.AddSingleton(ApiOf);
        }
    }

    private static AzureSoraApi ApiOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<AzureSoraOptions>>().Value;
        var peer = new ProviderPeer
        {
            Id = Id,
            Name = Name,
            BaseAddress = options.Root,
            Secrets = [options.ApiKey],
            Understand = static error => AzureSoraApi.Understand(Name, error),
        };
        return new AzureSoraApi(ActivatorUtilities.CreateInstance<ProviderHttp>(provider, peer), options.ApiVersion);
    }
}
