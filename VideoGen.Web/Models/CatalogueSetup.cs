using Microsoft.Extensions.Options;

namespace VideoGen.Web.Models;

/// <summary>The model catalogue.</summary>
internal static class CatalogueSetup
{
    public static WebApplicationBuilder AddCatalogue(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CatalogueOptions>()
            .BindConfiguration(CatalogueOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => CatalogueFile.Read(
            Path.Combine(AppContext.BaseDirectory, services.GetRequiredService<IOptions<CatalogueOptions>>().Value.Path)));
        builder.Services.AddSingleton<ModelUsageQuery>();
        return builder;
    }
}
