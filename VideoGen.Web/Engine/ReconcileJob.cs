using System.Diagnostics.CodeAnalysis;
using Quartz;
using VideoGen.Web.Data;

namespace VideoGen.Web.Engine;

/// <summary>What the scheduler fires to keep itself in line: a shell around <see cref="Reconciler"/> and the checkpoint of SQLite.</summary>
[DisallowConcurrentExecution]
[SuppressMessage("Performance", "CA1812", Justification = "Made by Quartz.")]
internal sealed partial class ReconcileJob(
    Reconciler reconciler, SqliteCheckpoint checkpoint, IHostApplicationLifetime lifetime, ILogger<ReconcileJob> logger) : IJob
{
    internal static readonly JobKey Key = new("reconcile", "engine");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await reconciler.RunAsync(cancellationToken);
            await checkpoint.RunAsync(cancellationToken);
        }
        catch (Exception) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The scheduler takes no new triggers any more; the next start makes them.
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            // The next pass makes it good; a trigger that keeps failing would be taken out of service.
            LogFailed(ex);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Holding the triggers against the jobs failed; it is done again with the next pass")]
    private partial void LogFailed(Exception exception);
}
