using System.Globalization;
using VideoGen.Simulator;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Tests.Data;
using VideoGen.Tests.Outage;

namespace VideoGen.Tests.Bench;

/// <summary>How evenly a hundred jobs are looked at in the rhythm of the contract, as the providers see it (G7). Run by scripts/bench.</summary>
[Trait("Category", "Bench")]
[Trait("Req", "R-10")]
public sealed class CadenceBench(SqliteDatabase database, ITestOutputHelper output) : DatabaseTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly TimeSpan Watched = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Looks_AtAHundredJobs_AreNeverEarlyAndHardlyLate()
    {
        await using var studio = await OutageStudio.CreateAsync(Database, OutageScale.Contract);
        await studio.RunAsync(OwnerId);
        var from = studio.Now;
        await Task.Delay(Watched);
        var looks = OutageStudio.Providers
            .SelectMany(dialect => studio.Simulator.Ledger.Entries(dialect, Operation.Check))
            .Where(look => look.Outcome is not null)
            .ToList();

        var gaps = looks
            .GroupBy(look => look.Outcome!.JobId, StringComparer.Ordinal)
            .SelectMany(job => job.OrderBy(look => look.At).Zip(job.OrderBy(look => look.At).Skip(1)))
            .Where(pair => pair.First.At >= from)
            .Select(pair => (pair.Second.At - pair.First.At).TotalMilliseconds)
            .Order()
            .ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"looks={gaps.Count} gap: shortest={gaps[0]:0} ms, median={gaps[gaps.Count / 2]:0} ms, p99={gaps[gaps.Count * 99 / 100]:0} ms, longest={gaps[^1]:0} ms (asked for {OutageScale.Contract.PollInterval.TotalMilliseconds:0}); at once at most {MostAtOnce(looks)}"));

        Assert.True(gaps[0] >= OutageScale.Contract.PollInterval.TotalMilliseconds, string.Create(CultureInfo.InvariantCulture, $"One was asked again after {gaps[0]} ms."));
    }

    private static int MostAtOnce(IReadOnlyList<LedgerEntry> looks)
    {
        var changes = looks.SelectMany(look => new[] { (look.At, Change: 1), (At: look.Outcome!.At, Change: -1) }).OrderBy(change => change.At).ThenBy(change => change.Change);
        var (now, most) = (0, 0);
        foreach (var (_, change) in changes)
        {
            now += change;
            most = Math.Max(most, now);
        }

        return most;
    }
}
