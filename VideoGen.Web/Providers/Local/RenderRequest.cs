using VideoGen.Domain.Models;
using VideoGen.Web.Providers.Local.Design;

namespace VideoGen.Web.Providers.Local;

/// <summary>What was asked for, as it lies on disk: everything that is needed to render again after a crash.</summary>
internal sealed record RenderRequest
{
    public required string Prompt { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required TimeSpan Duration { get; init; }

    public required int FrameRate { get; init; }

    public required long Seed { get; init; }

    /// <summary>"png" or "jpeg" when a reference image lies beside the request.</summary>
    public string? ReferenceFormat { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public Canvas ToCanvas() => new(Width, Height, Duration.TotalSeconds, FrameRate);

    /// <summary>Whether it can be rendered at all; H.264 in 4:2:0 needs even sides.</summary>
    public static bool Supports(VideoSize size, TimeSpan duration, int frameRate) =>
        size is { Width: >= 16 and <= 4096, Height: >= 16 and <= 4096 } && size.Width % 2 == 0 && size.Height % 2 == 0
        && duration >= TimeSpan.FromSeconds(0.5) && duration <= TimeSpan.FromMinutes(2) && frameRate is >= 1 and <= 120;
}
