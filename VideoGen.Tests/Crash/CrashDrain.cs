using System.Diagnostics;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.App;

namespace VideoGen.Tests.Crash;

/// <summary>Lets servers and a person work until nobody has anything to do any more.</summary>
/// <param name="stillFor">After how long without any change the run counts as stuck. A busy machine is slow, and slow is not stuck.</param>
internal sealed class CrashDrain(CrashStudio studio, CrashPerson person, CrashTraces traces, CrashVerdict verdict, TimeSpan stillFor)
{
    // Whoever moves for ever without getting anywhere is stuck as well.
    private static readonly TimeSpan MovingFor = TimeSpan.FromMinutes(5);

    // A person may have to act, and what they set going may end in their hands again.
    private const int MostDrains = 4;

    // Enough of what the server said to see why.
    private const int WordsKept = 3000;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <param name="watch">Is given each server while it works; <see langword="null"/> for nobody.</param>
    public async Task RunAsync(Func<ServerProcess, CancellationToken, Task>? watch = null)
    {
        for (var drain = 0; drain < MostDrains; drain++)
        {
            bool isSettled;
            await using (var server = studio.Start())
            {
                await server.ReadyAsync();
                isSettled = await SettleAsync(server, watch);
            }

            verdict.Kills++;
            traces.Take();
            if (!isSettled || !await person.ActAsync())
            {
                return;
            }
        }
    }

    private async Task<bool> SettleAsync(ServerProcess server, Func<ServerProcess, CancellationToken, Task>? watch)
    {
        using var settled = new CancellationTokenSource();
        var watching = watch?.Invoke(server, settled.Token) ?? Task.CompletedTask;
        try
        {
            if (await IsSettledInTimeAsync())
            {
                return true;
            }

            // The verifier says which; the server may say why.
            verdict.Add(CrashFault.Stuck, $"not settled; left over: {string.Join(", ", traces.LeftOvers())}\n{EndOf(server.Output)}");
            return false;
        }
        finally
        {
            await settled.CancelAsync();
            await watching;
        }
    }

    private async Task<bool> IsSettledInTimeAsync()
    {
        var (began, changed, seen) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), "");
        while (Stopwatch.GetElapsedTime(changed) < stillFor && Stopwatch.GetElapsedTime(began) < MovingFor + stillFor)
        {
            await Task.Delay(BetweenLooks);
            var leftOvers = traces.LeftOvers();

            // The rows are read when nothing is left on the disk, which costs less to see.
            var jobs = leftOvers.Count == 0 ? await studio.AttemptsAsync() : [];
            if (leftOvers.Count == 0 && jobs.All(IsSettled))
            {
                return true;
            }

            var now = string.Join(' ', leftOvers.Concat(jobs.Select(job => $"{job.Id} {job.Status} {job.AttemptCount}")));
            (changed, seen) = string.Equals(now, seen, StringComparison.Ordinal) ? (changed, seen) : (Stopwatch.GetTimestamp(), now);
        }

        return false;
    }

    private static string EndOf(string output) => output.Length > WordsKept ? output[^WordsKept..] : output;

    private bool IsSettled(GenerationJob job) => job.Status switch
    {
        JobStatus.Completed => job.ReleasedAt is not null,
        JobStatus.Failed or JobStatus.Cancelled => true,
        _ => person.IsNeededBy(job),
    };
}
