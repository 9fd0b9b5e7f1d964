using System.ComponentModel.DataAnnotations;

namespace VideoGen.Web.Providers.Local;

/// <summary>The renderer that makes videos on this machine. Section "Providers:Local".</summary>
internal sealed class LocalRendererOptions
{
    public const string SectionName = "Providers:Local";

    /// <summary>Where requests and renders lie until they are released. Empty for a room in the data folder.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Providers:Local:WorkFolder must name a folder.")]
    public string WorkFolder { get; set; } = "";

    /// <summary>The ffmpeg program: a name on the search path, or a full path.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Providers:Local:FfmpegPath must name the ffmpeg program.")]
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>fontconfig's program that lists fonts. Without it only Western letters are written.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Providers:Local:FontListPath must name the fc-list program.")]
    public string FontListPath { get; set; } = "fc-list";

    /// <summary>Renders at the same time; further ones wait. Two keep a small server responsive.</summary>
    [Range(1, 32, ErrorMessage = "Providers:Local:MaxConcurrentRenders must be from 1 to 32.")]
    public int MaxConcurrentRenders { get; set; } = 2;

    /// <summary>Threads of one render. Part of what makes a video: another number gives other bytes for the same picture.</summary>
    [Range(1, 32, ErrorMessage = "Providers:Local:ThreadsPerRender must be from 1 to 32.")]
    public int ThreadsPerRender { get; set; } = 2;

    /// <summary>A render that takes longer is stopped. Far above what the longest video needs.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00", ErrorMessage = "Providers:Local:RenderLimit must be from 10 seconds to a day.")]
    public TimeSpan RenderLimit { get; set; } = TimeSpan.FromMinutes(45);

    /// <summary>How long anything is kept that nobody has released. The catalogue promises as much.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00", ErrorMessage = "Providers:Local:KeepFor must be from 10 minutes to 30 days.")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromHours(24);
}
