using VideoGen.Domain.Jobs;
using VideoGen.Tests.App;

namespace VideoGen.Tests.Crash;

/// <summary>Lets servers and a person work until nobody has anything to do any more.</summary>
internal sealed class CrashDrain(CrashStudio studio, CrashPerson person, CrashTraces traces, CrashVerdict verdict, TimeSpan limit)
{
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
            await Eventually.HoldsAsync(IsSettledAsync, limit);
            return true;
        }
        catch (TimeoutException)
        {
            // The verifier says which; the server may say why.
            verdict.Add(CrashFault.Stuck, $"not settled within {limit}; left over: {string.Join(", ", traces.LeftOvers())}\n{EndOf(server.Output)}");
            return false;
        }
        finally
        {
            await settled.CancelAsync();
            await watching;
        }
    }

    // The rows are read when nothing is left on the disk, which costs less to see.
    private async Task<bool> IsSettledAsync()
    {
        await Task.Delay(BetweenLooks);
        return traces.LeftOvers().Count == 0 && (await studio.AttemptsAsync()).All(IsSettled);
    }

    private static string EndOf(string output) => output.Length > WordsKept ? output[^WordsKept..] : output;

    private bool IsSettled(GenerationJob job) => job.Status switch
    {
        JobStatus.Completed => job.ReleasedAt is not null,
        JobStatus.Failed or JobStatus.Cancelled => true,
        _ => person.IsNeededBy(job),
    };
}
