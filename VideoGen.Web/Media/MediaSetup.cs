using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VideoGen.Web.Media;

/// <summary>Examining and converting media, and handing them to browsers.</summary>
internal static class MediaSetup
{
    public static WebApplicationBuilder AddMedia(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MediaOptions>, MediaOptionsCheck>());
        services.TryAddSingleton<MediaProbe>();
        services.TryAddSingleton<PosterImage>();
        services.TryAddSingleton<StillImage>();
        services.TryAddSingleton<MediaQuery>();
        services.TryAddSingleton<MediaEndpoints>();
        return builder;
    }

    /// <summary>Adds <c>/media/…</c>. Needs authentication and authorisation in the pipeline.</summary>
    public static void MapMedia(this IEndpointRouteBuilder routes) => MediaEndpoints.Map(routes);
}
