using System.Diagnostics;
using VideoGen.Simulator;
using VideoGen.Tests.App;
using VideoGen.Web;

namespace VideoGen.Tests.Crash;

/// <summary>One run: lives that end with a kill, one more until everything has ended, and the look at what is left.</summary>
internal sealed class CrashRun
{
    // 128 + SIGKILL: it died at the point, and did not end in another way.
    private const int Killed = 137;

    // Enough of what the server said to see why.
    private const int WordsKept = 3000;

    private static readonly TimeSpan StillFor = TimeSpan.FromSeconds(45);

    // Generous: the machine may be busy with other runs.
    private static readonly TimeSpan DeathLimit = TimeSpan.FromMinutes(2);

    private readonly CrashPlan _plan;
    private readonly CrashStudio _studio;
    private readonly CrashPerson _person;
    private readonly CrashTraces _traces;
    private readonly CrashVerdict _verdict = new();

    private CrashRun(CrashPlan plan, CrashStudio studio)
    {
        _plan = plan;
        _studio = studio;
        _person = new CrashPerson(studio, _verdict);
        _traces = new CrashTraces(studio);
    }

    /// <returns>What was found; its runs are not counted.</returns>
    public static async Task<CrashVerdict> RunAsync(CrashPlan plan)
    {
        await using var studio = await CrashStudio.CreateAsync(new SimulatorOptions { GenerationTime = plan.GenerationTime });
        return await new CrashRun(plan, studio).RunAsync();
    }

    private async Task<CrashVerdict> RunAsync()
    {
        await _studio.AddJobsAsync(_plan.Jobs);
        foreach (var life in _plan.Lives)
        {
            if (life.IsAt(CrashPoint.StoppedAtProvider))
            {
                await _person.StopAsync();
            }

            await _studio.AddJobsAsync(life.Fresh);
            await LiveAsync(life);
            _traces.Take();
        }

        if (_plan.GenerationTime == TimeSpan.Zero)
        {
            await _studio.AddJobsWithLateAnswersAsync();
        }

        await new CrashDrain(_studio, _person, _traces, _verdict, StillFor).RunAsync();
        await new CrashVerifier(_studio, _traces, _verdict).VerifyAsync();
        _verdict.Jobs += _studio.Ordered.Count;
        return _verdict;
    }

    private async Task LiveAsync(CrashLife life)
    {
        await using var server = _studio.Start(life.Point);
        if (life.Point is not null)
        {
            await DieAsync(server, life.Point);
        }
        else
        {
            if (life.IsReady)
            {
                await server.ReadyAsync();
            }

            // The moment of the kill is what the run is about: somewhere in the few seconds that the jobs take.
            await Task.Delay(life.Delay);
            await EndAsync(server, life.IsTold);
        }

        _verdict.Kills++;
    }

    private async Task EndAsync(ServerProcess server, bool isTold)
    {
        if (!isTold)
        {
            await server.KillAsync();
            return;
        }

        var asked = Stopwatch.GetTimestamp();
        if (await server.StopAsync(DeathLimit) is not 0 and var code)
        {
            _verdict.Add(CrashFault.Stuck, $"the server ended with {code} when it was told to\n{EndOf(server.Output)}");
        }

        _verdict.StoppedAfter(Stopwatch.GetElapsedTime(asked));
    }

    private async Task DieAsync(ServerProcess server, string point)
    {
        try
        {
            if (await server.ExitAsync(DeathLimit) is not Killed and var code)
            {
                _verdict.Add(CrashFault.Stuck, $"the server ended with {code} before {point}\n{EndOf(server.Output)}");
            }
        }
        catch (TimeoutException)
        {
            _verdict.Add(CrashFault.Stuck, $"{point} was never reached\n{EndOf(server.Output)}");
        }
    }

    private static string EndOf(string output) => output.Length > WordsKept ? output[^WordsKept..] : output;
}
