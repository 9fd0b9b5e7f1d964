using System.Globalization;
using VideoGen.Simulator;
using VideoGen.Tests.Crash;

namespace VideoGen.Tests.Soak;

/// <summary>
/// Sixty jobs at all providers at once, for as long as VIDEOGEN_SOAK_MINUTES says (see scripts/soak-test), while one request in twenty
/// goes wrong in some way: every job ends as it should, and the server needs no more of the machine at the end than at the beginning.
/// </summary>
[Collection(LoadCollection.Name)]
[Trait("Category", "Soak")]
[Trait("Req", "R-10")]
[Trait("Req", "R-14")]
[Trait("Req", "R-16")]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int PlacesEach = 5;
    private const double MisbehaveRate = 0.05;

    private static readonly double Minutes = double.Parse(Environment.GetEnvironmentVariable("VIDEOGEN_SOAK_MINUTES") ?? "0.5", CultureInfo.InvariantCulture);

    // A quarter of an hour has four minutes for each video, the test of every day ten seconds.
    private static readonly TimeSpan GenerationTime = Minutes >= 15 ? TimeSpan.FromMinutes(4) : TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Server_ProvidersMisbehaveAtRandom_EndsEveryJobAndStaysAsItIs()
    {
        var seed = CrashSettings.Seed;
        await using var studio = await CrashStudio.CreateAsync(
            new SimulatorOptions { GenerationTime = GenerationTime, MisbehaveRate = MisbehaveRate, Seed = seed }, Settings());
        var batches = (int)Math.Ceiling(TimeSpan.FromMinutes(Minutes) / GenerationTime);
        for (var batch = 0; batch < batches; batch++)
        {
            await studio.AddJobsAsync(CrashOrder.OfEach(PlacesEach));
        }

        var verdict = new CrashVerdict();
        var traces = new CrashTraces(studio);
        var usage = new ServerUsage();
        var limit = TimeSpan.FromMinutes(Minutes + 10) + (2 * GenerationTime);
        await new CrashDrain(studio, new CrashPerson(studio, verdict), traces, verdict, limit).RunAsync(usage.WatchAsync);
        await new CrashVerifier(studio, traces, verdict).VerifyAsync();
        verdict.Runs = 1;
        verdict.Jobs = studio.Ordered.Count;

        var saved = await SavedWithinAsync(studio);
        CrashSettings.Report(output, string.Create(
            CultureInfo.InvariantCulture, $"minutes={Minutes} jobs={verdict.Jobs} misbehaved={Misbehaved(studio)} saved_within={saved} {usage}"));
        CrashSettings.Report(output, verdict.ToLine(seed));
        Assert.True(verdict.IsGood, string.Join('\n', verdict.Faults));
        Assert.Empty(usage.Complaints);
        Assert.True(usage.IsFlat, usage.ToString());
    }

    private static Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Engine:PollInterval"] = Minutes >= 15 ? "00:00:15" : "00:00:02",
            ["Engine:ReconcileInterval"] = "00:00:30",
            ["Engine:Lease"] = "00:00:30",
        };
        foreach (var section in new[] { "OpenAI", "AzureOpenAI", "LiteLLM", "AzureSora", "Runway", "Luma", "LumaAgents", "Fal", "Replicate", "Vertex", "Gemini" })
        {
            settings[$"Providers:{section}:MaxConcurrentJobs"] = PlacesEach.ToString(CultureInfo.InvariantCulture);
            settings[$"Providers:{section}:PollInterval"] = Minutes >= 15 ? "00:00:05" : "00:00:01";
        }

        return settings;
    }

    private static int Misbehaved(CrashStudio studio) => studio.Ledger.Entries().Count(entry => entry.Outcome is { Misbehaviours.Count: > 0 });

    // From the provider's last word to the kept video (G12).
    private static async Task<string> SavedWithinAsync(CrashStudio studio)
    {
        var spans = (await studio.JobsAsync())
            .Where(job => job is { SavingAt: not null, CompletedAt: not null })
            .Select(job => (job.CompletedAt!.Value - job.SavingAt!.Value).TotalSeconds)
            .Order()
            .ToList();
        return spans.Count == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"p50 {spans[spans.Count / 2]:0.0}s/p95 {spans[spans.Count * 95 / 100]:0.0}s/max {spans[^1]:0.0}s");
    }
}
