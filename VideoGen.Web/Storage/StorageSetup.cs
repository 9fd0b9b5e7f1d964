using Microsoft.Extensions.DependencyInjection.Extensions;
using VideoGen.Web.Storage.S3;
using VideoGen.Web.Storage.Supabase;

namespace VideoGen.Web.Storage;

/// <summary>The store and what goes into it besides videos.</summary>
internal static class StorageSetup
{
    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<ReferenceImages>();
        builder.AddStore(builder.Configuration.GetSection(StorageOptions.SectionName).Get<StorageOptions>()?.Kind ?? StoreKind.Local);
        return builder;
    }

    private static void AddStore(this WebApplicationBuilder builder, StoreKind kind)
    {
        switch (kind)
        {
            case StoreKind.Local:
                builder.Services.TryAddSingleton<LocalVideoStore>();
                builder.Services.TryAddSingleton<IVideoStore>(all => all.GetRequiredService<LocalVideoStore>());
                builder.Services.AddHostedService<StorageSweep>();
                break;
            case StoreKind.Supabase:
                builder.AddSupabaseStore();
                break;
            case StoreKind.S3:
                builder.AddS3Store();
                break;
            default:
                throw new InvalidOperationException($"{StorageOptions.SectionName}:{nameof(StorageOptions.Kind)} is none of {string.Join(", ", Enum.GetNames<StoreKind>())}.");
        }
    }
}
