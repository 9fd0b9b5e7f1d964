using System.Diagnostics;
using System.Globalization;
using VideoGen.Domain.Jobs;
using VideoGen.Simulator;

namespace VideoGen.Tests.Crash;

/// <summary>One job takes the server process down each time that it is looked at (G16).</summary>
[Collection(LoadCollection.Name)]
[Trait("Category", "Crash")]
[Trait("Req", "R-16")]
public sealed class PoisonTests(ITestOutputHelper output)
{
    private const string Poison = "[poison]";
    private const int MostCrashes = 3;

    // Longer than the server lives: it dies in the middle of the step.
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Server_JobThatTakesItDown_IsSetAsideAfterThreeTimesAndTheOthersFinish()
    {
        await using var studio = await CrashStudio.CreateAsync(
            new SimulatorOptions { GenerationTime = TimeSpan.FromSeconds(5) },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Engine:QuarantineAfter"] = MostCrashes.ToString(CultureInfo.InvariantCulture) });
        studio.DelayChecksOf(Poison, Delay);
        await studio.AddJobsAsync([new CrashOrder("runway", Poison), .. CrashOrder.OneOfEach]);

        var firstCrash = 0L;
        for (var crash = 1; crash <= MostCrashes; crash++)
        {
            var before = ChecksOfPoison(studio);
            await using var server = studio.Start();
            await server.ReadyAsync();

            // A job whose submission is cut off is nobody's to finish but a person's: that is another test.
            await Eventually.HoldsAsync(async () => ChecksOfPoison(studio) > before && (await studio.JobsAsync()).All(IsAccepted), describe: () => server.Output);
            firstCrash = firstCrash == 0 ? Stopwatch.GetTimestamp() : firstCrash;
            await server.KillAsync();
        }

        var checks = ChecksOfPoison(studio);
        await using var last = studio.Start();
        await last.ReadyAsync();
        await Eventually.HoldsAsync(async () => (await studio.JobsAsync()).All(job => !job.Status.IsActive()), describe: () => last.Output);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"crashes={MostCrashes} all others finished {Stopwatch.GetElapsedTime(firstCrash).TotalSeconds:0} s after the first"));

        var jobs = await studio.JobsAsync();
        var culprit = jobs.Single(IsPoison);
        Assert.Equal((JobStatus.Failed, FailureKind.Quarantined), (culprit.Status, culprit.FailureKind));
        Assert.NotNull(culprit.ProviderJobId);
        Assert.Equal(checks, ChecksOfPoison(studio));
        Assert.All(jobs.Where(job => !IsPoison(job)), job => Assert.Equal(JobStatus.Completed, job.Status));
    }

    private static bool IsAccepted(GenerationJob job) => job.ProviderJobId is not null;

    private static bool IsPoison(GenerationJob job) => job.Prompt.Contains(Poison, StringComparison.Ordinal);

    private static int ChecksOfPoison(CrashStudio studio) =>
        studio.Ledger.Entries("runway", Operation.Check).Count(entry => entry.Prompt?.Contains(Poison, StringComparison.Ordinal) == true);
}
