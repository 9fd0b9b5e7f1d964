using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Web.Media;

/// <summary>The programs that examine and convert media. Section "Media".</summary>
public sealed class MediaOptions
{
    public const string SectionName = "Media";

    /// <summary>The ffmpeg program: a full path, or a name that is looked for on the PATH.</summary>
    [Required]
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>The ffprobe program: a full path, or a name that is looked for on the PATH.</summary>
    [Required]
    public string FfprobePath { get; set; } = "ffprobe";

    /// <summary>How long ffprobe may look at one file before it is stopped. A sound file takes well under a second.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long ffmpeg may take to make one still image.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ImageTimeout { get; set; } = TimeSpan.FromSeconds(60);
}

/// <summary>Finds out at start, and not at the first video, that a program is missing.</summary>
internal sealed class MediaOptionsCheck : IValidateOptions<MediaOptions>
{
    public ValidateOptionsResult Validate(string? name, MediaOptions options)
    {
        List<string> problems =
        [
            .. CheckProgram(nameof(MediaOptions.FfmpegPath), options.FfmpegPath),
            .. CheckProgram(nameof(MediaOptions.FfprobePath), options.FfprobePath),
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> CheckProgram(string key, string program)
    {
        IEnumerable<string> candidates = program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? [program]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program));
        if (!candidates.Any(File.Exists))
        {
            yield return $"{MediaOptions.SectionName}:{key}: the program '{program}' was not found. Install ffmpeg, or set {MediaOptions.SectionName}__{key} to where it is.";
        }
    }
}
