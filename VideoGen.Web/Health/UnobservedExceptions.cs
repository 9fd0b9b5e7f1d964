namespace VideoGen.Web.Health;

/// <summary>
/// Says what failed where nobody was looking: the exception of a task that was thrown away would otherwise vanish without a word. The
/// process goes on, as .NET does by itself; whoever reads the log has found a fault of ours.
/// </summary>
internal sealed partial class UnobservedExceptions(ILogger<UnobservedExceptions> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        TaskScheduler.UnobservedTaskException += Report;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        TaskScheduler.UnobservedTaskException -= Report;
        return Task.CompletedTask;
    }

    private void Report(object? sender, UnobservedTaskExceptionEventArgs e) => LogUnobserved(e.Exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The exception of a task was observed by nobody")]
    private partial void LogUnobserved(Exception exception);
}
