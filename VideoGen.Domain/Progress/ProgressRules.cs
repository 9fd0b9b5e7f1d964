using VideoGen.Domain.Models;

namespace VideoGen.Domain.Progress;

/// <summary>Turns what is known of a running job into a fraction and a time left. Pure.</summary>
public static class ProgressRules
{
    /// <summary>An estimate stops here: only the provider can say that it is done.</summary>
    public const double HighestEstimate = 0.95;

    /// <summary>Below this reported fraction the speed so far says too little about the rest.</summary>
    private const double LowestTrustedReport = 0.05;

    // A job's speed varies: what is left is between a fifth less and two fifths more than the speed so far would give.
    private const double FastestRest = 0.8;
    private const double SlowestRest = 1.4;

    /// <param name="reported">0 to 1 as the provider says, or <see langword="null"/>.</param>
    /// <param name="elapsed">Since the provider accepted the job.</param>
    /// <param name="usual">How long such jobs take: from past jobs where there are any, else from the catalogue.</param>
    public static JobProgress Of(double? reported, TimeSpan elapsed, UsualTime usual)
    {
        // The clock of the machine that started it may be ahead of ours.
        elapsed = elapsed < TimeSpan.Zero ? TimeSpan.Zero : elapsed;
        var late = elapsed > usual.Max;
        if (reported is { } fraction)
        {
            return new JobProgress(fraction, ProgressSource.Reported, late && fraction < LowestTrustedReport ? null : RestOf(fraction, elapsed, usual), late);
        }

        var typical = (usual.Min + usual.Max) / 2;
        var estimate = typical > TimeSpan.Zero ? Math.Min(elapsed / typical, HighestEstimate) : HighestEstimate;
        return new JobProgress(estimate, ProgressSource.Estimated, late ? null : RestOf(elapsed, usual), late);
    }

    private static TimeRange RestOf(double fraction, TimeSpan elapsed, UsualTime usual)
    {
        if (fraction < LowestTrustedReport)
        {
            return RestOf(elapsed, usual);
        }

        var rest = elapsed * ((1 - fraction) / fraction);
        return new TimeRange(rest * FastestRest, rest * SlowestRest);
    }

    private static TimeRange RestOf(TimeSpan elapsed, UsualTime usual) =>
        new(elapsed < usual.Min ? usual.Min - elapsed : TimeSpan.Zero, usual.Max - elapsed);
}
