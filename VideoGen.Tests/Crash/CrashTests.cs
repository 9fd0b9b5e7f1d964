using System.Globalization;
using VideoGen.Tests.App;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Crash;

/// <summary>
/// Kills the server process at named places and at random moments and looks at what is left. VIDEOGEN_CRASH_RUNS sets how
/// often (see scripts/crash-test); VIDEOGEN_CRASH_SEED replays a run.
/// </summary>
[Trait("Category", "Crash")]
public sealed class CrashTests(ITestOutputHelper output)
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Points =>
    [
        CrashPoint.IntentCommitted,
        CrashPoint.Answered,
        CrashPoint.Checking,
        CrashPoint.SavingBegun,
        CrashPoint.Stored,
        CrashPoint.Completed,
    ];

    private static int Runs => int.Parse(Environment.GetEnvironmentVariable("VIDEOGEN_CRASH_RUNS") ?? "2", CultureInfo.InvariantCulture);

    [Theory]
    [MemberData(nameof(Points))]
    [Trait("Req", "R-16")]
    [Trait("Req", "R-24")]
    public async Task Server_KilledAtNamedPoint_KeepsEveryJob(string point)
    {
        await using var studio = await CrashStudio.CreateAsync(jobs: 2);

        await using (var server = ServerProcess.Start(studio.Settings, crashAt: point))
        {
            // 128 + SIGKILL: it died at the point, and did not end in another way.
            Assert.Equal(137, await server.ExitAsync(DrainLimit));
        }

        await studio.DrainAsync(DrainLimit);
        Assert.Equal(new CrashVerdict(), await studio.VerifyAsync());
    }

    [Fact]
    [Trait("Req", "R-16")]
    [Trait("Req", "R-24")]
    public async Task Server_KilledAtRandomMoments_KeepsEveryJob()
    {
        var seed = int.Parse(
            Environment.GetEnvironmentVariable("VIDEOGEN_CRASH_SEED") ?? Random.Shared.Next().ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var random = new Random(seed);
        var total = new CrashVerdict();
        for (var run = 0; run < Runs; run++)
        {
            total += await RunAsync(random);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"runs={Runs} {total} seed={seed}"));
        Assert.Equal(new CrashVerdict(), total);
    }

    private static async Task<CrashVerdict> RunAsync(Random random)
    {
        await using var studio = await CrashStudio.CreateAsync(jobs: 4);
        for (var kill = random.Next(1, 4); kill > 0; kill--)
        {
            await using var server = ServerProcess.Start(studio.Settings);
            await server.ReadyAsync();

            // The moment of the kill is what the run is about: somewhere in the few seconds that the jobs take.
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(4000)));
            await server.KillAsync();
        }

        await studio.DrainAsync(DrainLimit);
        return await studio.VerifyAsync();
    }
}
