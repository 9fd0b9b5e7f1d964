namespace VideoGen.Web.Storage;

/// <summary>Clears interrupted writes out of the local store before anything of this process writes to it.</summary>
internal sealed partial class StorageSweep(LocalVideoStore store, ILogger<StorageSweep> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var removed = store.SweepTemporaryFiles(DateTimeOffset.MaxValue);
            if (removed > 0)
            {
                LogSwept(removed);
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            LogSweepFailed(ex);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Removed {Count} unfinished files from the store")]
    private partial void LogSwept(int count);

    [LoggerMessage(LogLevel.Warning, "Unfinished files in the store could not be removed")]
    private partial void LogSweepFailed(Exception exception);
}
