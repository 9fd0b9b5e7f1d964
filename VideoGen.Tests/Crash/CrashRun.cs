using VideoGen.Domain.Jobs;
using VideoGen.Tests.App;
using VideoGen.Web;

namespace VideoGen.Tests.Crash;

/// <summary>One run: lives that end with a kill, one more until everything has ended, and the look at what is left.</summary>
internal sealed class CrashRun
{
    // 128 + SIGKILL: it died at the point, and did not end in another way.
    private const int Killed = 137;

    // A person may have to act, and what they set going may be killed at their hands again.
    private const int MostDrains = 4;

    // Enough of what the server said to see why.
    private const int WordsKept = 3000;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

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
        await using var studio = await CrashStudio.CreateAsync(plan.GenerationTime);
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

        await DrainAsync();
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
            await server.KillAsync();
        }

        _verdict.Kills++;
    }

    private async Task DieAsync(ServerProcess server, string point)
    {
        try
        {
            if (await server.ExitAsync(Limit) is not Killed and var code)
            {
                _verdict.Add(CrashFault.Stuck, $"the server ended with {code} before {point}\n{EndOf(server.Output)}");
            }
        }
        catch (TimeoutException)
        {
            _verdict.Add(CrashFault.Stuck, $"{point} was never reached\n{EndOf(server.Output)}");
        }
    }

    // Until nobody has anything to do any more, neither the server nor a person.
    private async Task DrainAsync()
    {
        for (var drain = 0; drain < MostDrains; drain++)
        {
            bool isSettled;
            await using (var server = _studio.Start())
            {
                await server.ReadyAsync();
                isSettled = await SettleAsync(server);
            }

            _verdict.Kills++;
            _traces.Take();
            if (!isSettled || !await _person.ActAsync())
            {
                return;
            }
        }
    }

    private async Task<bool> SettleAsync(ServerProcess server)
    {
        try
        {
            await Eventually.HoldsAsync(IsSettledAsync, Limit);
            return true;
        }
        catch (TimeoutException)
        {
            // The verifier says which; the server may say why.
            _verdict.Add(CrashFault.Stuck, $"not settled within {Limit}; left over: {string.Join(", ", _traces.LeftOvers())}\n{EndOf(server.Output)}");
            return false;
        }
    }

    // The rows are read when nothing is left on the disk, which costs less to see.
    private async Task<bool> IsSettledAsync()
    {
        await Task.Delay(BetweenLooks);
        return _traces.LeftOvers().Count == 0 && (await _studio.AttemptsAsync()).All(IsSettled);
    }

    private static string EndOf(string output) => output.Length > WordsKept ? output[^WordsKept..] : output;

    private bool IsSettled(GenerationJob job) => job.Status switch
    {
        JobStatus.Completed => job.ReleasedAt is not null,
        JobStatus.Failed or JobStatus.Cancelled => true,
        _ => _person.IsNeededBy(job),
    };
}
