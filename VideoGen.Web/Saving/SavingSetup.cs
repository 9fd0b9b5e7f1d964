using Microsoft.Extensions.DependencyInjection.Extensions;

namespace VideoGen.Web.Saving;

/// <summary>From a finished provider job to files in the store.</summary>
internal static class SavingSetup
{
    public static WebApplicationBuilder AddSaving(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SavingOptions>().BindConfiguration(SavingOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<Spool>();
        services.TryAddSingleton<ResultDownload>();
        services.TryAddSingleton<ResultSaver>();
        services.TryAddSingleton<SpoolSweep>();
        services.AddHostedService(all => all.GetRequiredService<SpoolSweep>());
        return builder;
    }
}
