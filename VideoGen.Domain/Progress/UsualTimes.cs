using VideoGen.Domain.Models;

namespace VideoGen.Domain.Progress;

/// <summary>What past jobs of the same model and duration say about the usual time.</summary>
public static class UsualTimes
{
    /// <summary>Fewer past jobs than this say nothing; the catalogue's range is used instead.</summary>
    public const int FewestJobs = 5;

    /// <summary>The middle four fifths of the past, so that one odd job does not widen the range.</summary>
    /// <param name="past">How long such jobs generated, in any order.</param>
    /// <param name="catalogue">What to say while there is too little past.</param>
    public static UsualTime From(IReadOnlyCollection<TimeSpan> past, UsualTime catalogue)
    {
        if (past.Count < FewestJobs)
        {
            return catalogue;
        }

        var sorted = past.Order().ToList();
        return new UsualTime(sorted[sorted.Count / 10], sorted[sorted.Count - 1 - (sorted.Count / 10)]);
    }
}
