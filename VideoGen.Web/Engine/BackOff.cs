namespace VideoGen.Web.Engine;

/// <summary>How long to wait after a setback: twice as long each time, with jitter so that jobs do not come back in one wave.</summary>
internal static class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    // A Retry-After of nothing would hammer the provider, one of a year would lose the job.
    private static readonly TimeSpan ShortestAsked = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <param name="setbacks">How often in a row it has failed before; 0 for the first time.</param>
    /// <param name="asked">What the provider asked for, or <see langword="null"/>.</param>
    /// <param name="jitter">0 to 1; spreads the wait over its upper half.</param>
    public static TimeSpan After(int setbacks, TimeSpan? asked, double jitter)
    {
        if (asked is { } wish)
        {
            return wish < ShortestAsked ? ShortestAsked : wish > LongestAsked ? LongestAsked : wish;
        }

        var full = First * Math.Pow(2, Math.Min(setbacks, 16));
        var capped = full > Longest ? Longest : full;
        return capped * (0.5 + (jitter / 2));
    }
}
