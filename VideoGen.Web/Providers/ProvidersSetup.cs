using Microsoft.Extensions.DependencyInjection.Extensions;
using VideoGen.Domain.Providers;
using VideoGen.Web.Data;
using VideoGen.Web.Providers.AzureSora;
using VideoGen.Web.Providers.Fal;
using VideoGen.Web.Providers.Google.Gemini;
using VideoGen.Web.Providers.Google.Vertex;
using VideoGen.Web.Providers.Local;
using VideoGen.Web.Providers.Local.Fonts;
using VideoGen.Web.Providers.Luma;
using VideoGen.Web.Providers.OpenAi;
using VideoGen.Web.Providers.Replicate;
using VideoGen.Web.Providers.Runway;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers;

/// <summary>The services that make videos: one block for each.</summary>
internal static class ProvidersSetup
{
    public static WebApplicationBuilder AddVideoProviders(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<BreakerOptions>().BindConfiguration(BreakerOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<VideoProviders>();
        builder.Services.AddTransport();
        AddLocalRenderer(builder.Services);
        builder.AddOpenAiDialect();
        builder.AddFal();
        builder.AddReplicate();
        builder.AddRunway();
        builder.AddLuma();
        builder.AddVertex();
        builder.AddGemini();
        builder.AddAzureSora();
        return builder;
    }

    private static void AddLocalRenderer(IServiceCollection services)
    {
        services.AddOptions<LocalRendererOptions>()
            .BindConfiguration(LocalRendererOptions.SectionName)
            .PostConfigure<DataFolder>((options, data) => options.WorkFolder = string.IsNullOrWhiteSpace(options.WorkFolder) ? data.Renders : options.WorkFolder)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton<FontLibrary>();
        services.TryAddSingleton<RenderFolder>();
        services.TryAddSingleton<SceneRenderer>();
        services.TryAddSingleton<RenderQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<RenderQueue>());
        services.AddSingleton<IVideoProvider, LocalVideoProvider>();
    }
}
