namespace VideoGen.Domain.Models;

/// <summary>What a video costs in US dollars. Both <see langword="null"/>: not known, and shown as such.</summary>
/// <param name="PerSecond">Dollars for each second of video.</param>
/// <param name="PerVideo">Dollars for each video, whatever its length.</param>
public sealed record ModelPrice(decimal? PerSecond = null, decimal? PerVideo = null)
{
    public static ModelPrice Unknown { get; } = new();

    public static ModelPrice Free { get; } = new(PerVideo: 0);

    public bool IsFree => CostOf(TimeSpan.FromSeconds(1)) == 0;

    /// <summary>The cost of one video of this length, or <see langword="null"/> when it is not known.</summary>
    public decimal? CostOf(TimeSpan duration) =>
        PerSecond is null && PerVideo is null
            ? null
            : ((PerSecond ?? 0) * (decimal)duration.TotalSeconds) + (PerVideo ?? 0);
}
