using System.ComponentModel.DataAnnotations;

namespace VideoGen.Web.Providers;

/// <summary>When a provider across a network counts as out of order, and for how long it is left alone then. Section "Breaker".</summary>
public sealed class BreakerOptions
{
    public const string SectionName = "Breaker";

    /// <summary>How much of what was asked must have gone wrong.</summary>
    [Range(0.05, 1.0)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>How much must have been asked at least: two lost answers are bad luck, five are an outage.</summary>
    [Range(2, 1000)]
    public int FewestRequests { get; set; } = 5;

    /// <summary>How far back is counted.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "01:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing is asked, before one question finds out whether it is back.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "01:00:00")]
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long nothing is asked of a provider that does not accept our key, or whose account has nothing left: somebody has to act first.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "1.00:00:00")]
    public TimeSpan AccountRest { get; set; } = TimeSpan.FromMinutes(5);
}
