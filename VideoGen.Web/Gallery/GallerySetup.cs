namespace VideoGen.Web.Gallery;

/// <summary>Reading the kept videos.</summary>
internal static class GallerySetup
{
    public static WebApplicationBuilder AddGallery(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GalleryQuery>();
        builder.Services.AddSingleton<VideoQuery>();
        return builder;
    }
}
