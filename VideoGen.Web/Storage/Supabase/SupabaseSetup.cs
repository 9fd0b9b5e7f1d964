using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Web.Storage.Remote;

namespace VideoGen.Web.Storage.Supabase;

/// <summary>Videos in Supabase Storage.</summary>
internal static class SupabaseSetup
{
    public static void AddSupabaseStore(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SupabaseOptions>().BindConfiguration(SupabaseOptions.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SupabaseOptions>, SupabaseOptionsCheck>());
        services.AddStoreClient(SupabaseApi.ClientName).ConfigureHttpClient(static (all, client) =>
        {
            var options = all.GetRequiredService<IOptions<SupabaseOptions>>().Value;
            client.BaseAddress = options.Root;

            // The gateway reads the one, the storage server behind it the other.
            client.DefaultRequestHeaders.Add("apikey", options.ServiceKey);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ServiceKey);
        });
        services.TryAddSingleton<SupabaseApi>();
        services.TryAddSingleton<IVideoStore, SupabaseVideoStore>();
    }
}
