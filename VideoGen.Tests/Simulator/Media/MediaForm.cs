namespace VideoGen.Simulator.Media;

/// <summary>In which form a result is asked for.</summary>
internal enum MediaForm
{
    /// <summary>H.264 in MP4, the whole length.</summary>
    Video,

    /// <summary>The first picture as PNG.</summary>
    Png,

    /// <summary>The first picture as WebP.</summary>
    WebP,

    /// <summary>The first picture as JPEG.</summary>
    Jpeg,

    /// <summary>Four pictures in a row, as JPEG.</summary>
    Spritesheet,
}

internal static class MediaForms
{
    public static string ContentType(this MediaForm form) => form switch
    {
        MediaForm.Video => "video/mp4",
        MediaForm.Png => "image/png",
        MediaForm.WebP => "image/webp",
        MediaForm.Jpeg or MediaForm.Spritesheet => "image/jpeg",
    };

    public static string Extension(this MediaForm form) => form switch
    {
        MediaForm.Video => "mp4",
        MediaForm.Png => "png",
        MediaForm.WebP => "webp",
        MediaForm.Jpeg or MediaForm.Spritesheet => "jpg",
    };
}
