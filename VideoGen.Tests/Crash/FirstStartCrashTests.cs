using System.Globalization;
using VideoGen.Tests.App;

namespace VideoGen.Tests.Crash;

/// <summary>A server that is killed while it makes its database comes up the next time (F11).</summary>
[Trait("Category", "Crash")]
[Trait("Req", "R-16")]
public sealed class FirstStartCrashTests(ITestOutputHelper output)
{
    private static int Runs => int.Parse(Environment.GetEnvironmentVariable("VIDEOGEN_CRASH_RUNS") ?? "3", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Server_KilledDuringItsFirstStart_StartsTheNextTime()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed={seed}"));
        for (var run = 0; run < Runs; run++)
        {
            using var folder = new TestFolder();
            var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:RootPath"] = folder.PathOf("data") };
            await using (var first = ServerProcess.Start(settings))
            {
                // Its database is there from the first migration on, and whole half a second later.
                await Eventually.HoldsAsync(() => File.Exists(folder.PathOf("data/videogen.db")));
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(800)));
                await first.KillAsync();
            }

            await using var second = ServerProcess.Start(settings);
            await second.ReadyAsync();
        }
    }
}
