using VideoGen.Simulator;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Tests.Outage;

/// <summary>When providers were asked about their jobs, as the simulator wrote it down.</summary>
internal sealed class AnsweredLooks
{
    // A look that is late by less than the rest of the interval is late; the next one is on time again. After that it is missed.
    private const double Lateness = 0.75;

    private readonly IReadOnlyList<LedgerEntry> _looks;
    private readonly ILookup<string, DateTimeOffset> _byJob;

    private AnsweredLooks(IEnumerable<LedgerEntry> looks)
    {
        _looks = [.. looks.Where(look => look.Outcome is not null)];
        _byJob = _looks.ToLookup(look => look.Outcome!.JobId ?? "", look => look.At, StringComparer.Ordinal);
    }

    /// <summary>Those that were answered with 503, in their order.</summary>
    public IReadOnlyList<DateTimeOffset> Refused =>
        [.. _looks.Where(look => look.Outcome!.Misbehaviours.Contains(nameof(MisbehaviourKind.Unavailable), StringComparer.Ordinal)).Select(look => look.At)];

    /// <summary>The answered looks at the jobs of these dialects so far.</summary>
    public static AnsweredLooks Of(ProviderSimulator simulator, params IEnumerable<string> dialects) =>
        new(dialects.SelectMany(dialect => simulator.Ledger.Entries(dialect, Operation.Check)));

    public int Between(DateTimeOffset from, DateTimeOffset to) => _looks.Count(look => look.At >= from && look.At < to);

    /// <summary>How many jobs were looked at since then.</summary>
    public int JobsSeen(DateTimeOffset since) => _byJob.Count(job => job.Any(at => at >= since));

    /// <summary>How long it took until each job had been looked at again.</summary>
    public TimeSpan AllSeenWithin(DateTimeOffset since) => _byJob.Max(job => job.Where(at => at >= since).Min()) - since;

    /// <summary>The most looks in any tenth of a second since then, and how many there are on average.</summary>
    public (int Most, double Mean) TenthsOfASecond(DateTimeOffset from, DateTimeOffset to)
    {
        var bins = _looks.Where(look => look.At >= from && look.At < to).CountBy(look => (int)((look.At - from).TotalMilliseconds / 100)).ToList();
        return (bins.Select(bin => bin.Value).DefaultIfEmpty().Max(), bins.Sum(bin => bin.Value) / ((to - from).TotalMilliseconds / 100));
    }

    /// <summary>
    /// How many of the looks were made that were due in this time, 0 to 1. Counted for each job from its last look before to its
    /// first one after it, so that neither the moments at which the time begins and ends nor a short stall of the machine matter; a
    /// job that was forgotten for a while does.
    /// </summary>
    public double ShareMade(DateTimeOffset from, DateTimeOffset to, TimeSpan interval)
    {
        var (made, due) = (0, 0);
        foreach (var job in _byJob)
        {
            var first = job.Where(at => at <= from).Max();
            var last = job.Where(at => at >= to).Min();
            var dueHere = (int)(((last - first) / interval) + 1 - Lateness);
            due += dueHere;
            made += Math.Min(dueHere, job.Count(at => at > first && at <= last));
        }

        return (double)made / due;
    }
}
