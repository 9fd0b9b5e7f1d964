using Microsoft.Extensions.Options;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.OpenAi;

/// <summary>The services that speak the OpenAI Videos dialect: three presets, and whatever gateways the configuration names.</summary>
internal static class OpenAiSetup
{
    private const string Gateways = "Providers:Gateways";

    private static readonly Preset[] Presets =
    [
        new("openai", "OpenAI", "Providers:OpenAI", options =>
        {
            options.BaseAddress = new Uri("https://api.openai.com/v1/");
            options.CanList = true;
        }),
        // Its address is that of the resource: https://{resource}.openai.azure.com/openai/v1/
        new("azure-openai", "Azure OpenAI", "Providers:AzureOpenAI", options =>
        {
            options.KeyHeader = KeyHeader.ApiKey;
            options.CanList = true;
        }),
        new("litellm", "LiteLLM", "Providers:LiteLLM", options => options.BaseAddress = new Uri("http://localhost:4000/v1/")),
    ];

    public static void AddOpenAiDialect(this WebApplicationBuilder builder)
    {
        foreach (var preset in Presets)
        {
            Add(builder, preset);
        }

        foreach (var gateway in builder.Configuration.GetSection(Gateways).GetChildren())
        {
#pragma warning disable CA1308 // An id, not a comparison: ids are written in lower case.
            Add(builder, new Preset(gateway.Key.ToLowerInvariant(), gateway.Key, gateway.Path, static _ => { }));
#pragma warning restore CA1308
        }
    }

    private static void Add(WebApplicationBuilder builder, Preset preset)
    {
        var services = builder.Services;
        builder.AddProviderCallback(preset.Id, preset.Section, OpenAiCallback.JobIdOf);
        if (!builder.HasKey(preset.Id, preset.Section))
        {
            return;
        }

        services.AddOptions<OpenAiVideosOptions>(preset.Id).Configure(preset.Defaults).BindConfiguration(preset.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddProviderClient(preset.Id, provider => OptionsOf(provider, preset.Id), static (options, client) => client.Authorize(options.KeyHeader, options.ApiKey));
        services.AddSingleton<IVideoProvider>(provider =>
        {
            var options = OptionsOf(provider, preset.Id);
            var peer = new ProviderPeer
            {
                Id = preset.Id,
                Name = options.Name ?? preset.Name,
                BaseAddress = options.Root,
                Secrets = [options.ApiKey],
                Understand = error => OpenAiVideosApi.Understand(options.Name ?? preset.Name, error),
            };
            var api = new OpenAiVideosApi(ActivatorUtilities.CreateInstance<ProviderHttp>(provider, peer));
            return ActivatorUtilities.CreateInstance<OpenAiVideoProvider>(provider, peer, options, api);
        });
    }

    private static OpenAiVideosOptions OptionsOf(IServiceProvider provider, string id) =>
        provider.GetRequiredService<IOptionsMonitor<OpenAiVideosOptions>>().Get(id);

    private sealed record Preset(string Id, string Name, string Section, Action<OpenAiVideosOptions> Defaults);
}
