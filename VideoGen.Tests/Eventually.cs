namespace VideoGen.Tests;

/// <summary>Waits for something that another process or thread brings about, with a limit that only a broken test reaches.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <param name="holds">What is waited for. An exception in it fails the test at once.</param>
    /// <param name="limit">2 min when not given.</param>
    /// <param name="describe">What to say when the limit is reached.</param>
    /// <exception cref="TimeoutException">It did not hold within the limit.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> holds, TimeSpan? limit = null, Func<string>? describe = null)
    {
        using var timeout = new CancellationTokenSource(limit ?? TimeSpan.FromMinutes(2));
        while (!await holds())
        {
            if (timeout.IsCancellationRequested)
            {
                throw new TimeoutException(describe?.Invoke() ?? "What the test waits for did not happen.");
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}}, TimeSpan?, Func{string}?)"/>
    public static Task HoldsAsync(Func<bool> holds, TimeSpan? limit = null, Func<string>? describe = null) =>
        HoldsAsync(() => Task.FromResult(holds()), limit, describe);
}
