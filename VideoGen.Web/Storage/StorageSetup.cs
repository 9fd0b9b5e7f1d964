using Microsoft.Extensions.DependencyInjection.Extensions;

namespace VideoGen.Web.Storage;

/// <summary>The store and what goes into it besides videos.</summary>
internal static class StorageSetup
{
    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton<LocalVideoStore>();
        services.TryAddSingleton<IVideoStore>(provider => provider.GetRequiredService<LocalVideoStore>());
        services.TryAddSingleton<ReferenceImages>();
        services.AddHostedService<StorageSweep>();
        return builder;
    }
}
