namespace VideoGen.Domain.Progress;

/// <summary>How far a job is, as people may be told.</summary>
/// <param name="Fraction">0 to 1.</param>
/// <param name="Source">Whether that was reported or is our estimate.</param>
/// <param name="Remaining">Time left as a range, or <see langword="null"/> when nothing honest can be said.</param>
/// <param name="LongerThanUsual">It has passed the usual time, so no time left is named.</param>
public sealed record JobProgress(double Fraction, ProgressSource Source, TimeRange? Remaining, bool LongerThanUsual);

/// <summary>Where a fraction comes from.</summary>
public enum ProgressSource
{
    /// <summary>The provider reported it.</summary>
    Reported,

    /// <summary>Estimated from how long such jobs usually take.</summary>
    Estimated,
}

/// <summary>A span that is only known roughly.</summary>
public readonly record struct TimeRange(TimeSpan Min, TimeSpan Max);
