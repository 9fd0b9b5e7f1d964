using System.Globalization;
using VideoGen.Web.Engine;
using VideoGen.Web.Providers;

namespace VideoGen.Tests.Outage;

/// <summary>
/// How long the outage lasts, and what goes by that: at two minutes and more everything is as in the product, at less it happens
/// faster. VIDEOGEN_OUTAGE_SECONDS sets it (see scripts/outage-test).
/// </summary>
internal sealed record OutageScale
{
    private const string Variable = "VIDEOGEN_OUTAGE_SECONDS";

    // Five looks at each job: fewer would say little.
    private const int ShortestSeconds = 10;

    private static readonly TimeSpan Full = TimeSpan.FromMinutes(2);

    // A hundred jobs that are looked at more often would measure the machine instead of the engine.
    private static readonly TimeSpan ShortestPollInterval = TimeSpan.FromSeconds(2);

    private OutageScale(TimeSpan outage)
    {
        Outage = outage;
        var share = Math.Min(1, outage / Full);
        var interval = new EngineOptions().PollInterval * share;
        PollInterval = interval < ShortestPollInterval ? ShortestPollInterval : interval;
        var breaker = new BreakerOptions();
        BreakerWindow = breaker.Window * share;
        BreakerRest = breaker.Rest * share;
    }

    /// <summary>Everything as in the product.</summary>
    public static OutageScale Contract { get; } = new(Full);

    /// <summary>How long one of the providers answers 503; so long is watched before that, too.</summary>
    public TimeSpan Outage { get; }

    /// <summary>How often each provider's jobs are looked at.</summary>
    public TimeSpan PollInterval { get; }

    /// <summary>How far back the breaker counts: after this long into an outage it has seen nothing else.</summary>
    public TimeSpan BreakerWindow { get; }

    /// <summary>How long the breaker leaves a provider alone between two questions.</summary>
    public TimeSpan BreakerRest { get; }

    public static OutageScale FromEnvironment()
    {
        var seconds = int.Parse(
            Environment.GetEnvironmentVariable(Variable) ?? ShortestSeconds.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return seconds >= ShortestSeconds
            ? new OutageScale(TimeSpan.FromSeconds(seconds))
            : throw new InvalidOperationException($"{Variable} is {seconds}; an outage of less than {ShortestSeconds} s shows no rhythm.");
    }
}
