namespace VideoGen.Tests.Crash;

/// <summary>
/// Kills the server process at random moments and at every named place, with jobs at every provider, and looks at what is left.
/// scripts/crash-test does so many times over.
/// </summary>
[Collection(LoadCollection.Name)]
[Trait("Category", "Crash")]
[Trait("Req", "R-16")]
[Trait("Req", "R-24")]
public sealed class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public Task Server_KilledAtRandomMoments_KeepsEveryJob() => RunAsync(
        [.. Enumerable.Range(0, CrashSettings.Runs).Select(run => CrashPlan.AtRandomMoments(CrashSettings.Seed + run))]);

    [Fact]
    public Task Server_ToldToStopAtRandomMoments_KeepsEveryJob() => RunAsync(
        [.. Enumerable.Range(0, CrashSettings.Stops).Select(run => CrashPlan.ToldToStop(CrashSettings.Seed + run))]);

    [Fact]
    public Task Server_KilledAtEachNamedPoint_KeepsEveryJob() => RunAsync(
    [
        .. from round in Enumerable.Range(0, CrashSettings.Rounds)
           from part in Enumerable.Range(0, CrashPlan.Points.Count / CrashPlan.PointsPerRun)
           let plan = CrashPlan.AtPoints(CrashSettings.Seed + round, part)
           where plan.Lives.Count > 0
           select plan,
    ]);

    private async Task RunAsync(IReadOnlyList<CrashPlan> plans)
    {
        var total = new CrashVerdict();
        var limit = new ParallelOptions { MaxDegreeOfParallelism = CrashSettings.Parallel };
        await Parallel.ForEachAsync(plans, limit, async (plan, _) =>
        {
            var verdict = await TryAsync(plan);
            lock (total)
            {
                Take(total, verdict, plan);
            }
        });

        CrashSettings.Report(output, total.ToLine(CrashSettings.Seed));
        Assert.True(total.IsGood, string.Join('\n', total.Faults));
    }

    // One run that breaks off does not take the findings of the others with it.
    private static async Task<CrashVerdict> TryAsync(CrashPlan plan)
    {
        try
        {
            return await CrashRun.RunAsync(plan);
        }
        catch (Exception ex)
        {
            var verdict = new CrashVerdict();
            verdict.Add(CrashFault.Stuck, $"the run broke off: {ex}");
            return verdict;
        }
    }

    private void Take(CrashVerdict total, CrashVerdict verdict, CrashPlan plan)
    {
        verdict.Runs = plan.Lives.Count(life => life.Point is not null) is var points and > 0 ? points : 1;
        total.Add(verdict);
        if (!verdict.IsGood)
        {
            CrashSettings.Report(output, $"FAILED {plan}\n  {string.Join("\n  ", verdict.Faults)}");
        }
    }
}
