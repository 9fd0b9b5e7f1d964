using System.Diagnostics.CodeAnalysis;
using Quartz;
using VideoGen.Web.Data;

namespace VideoGen.Web.Engine;

/// <summary>What the scheduler fires to keep itself in line: <see cref="Reconciler"/>, and the checkpoint of SQLite.</summary>
[DisallowConcurrentExecution]
[SuppressMessage("Performance", "CA1812", Justification = "Made by Quartz.")]
internal sealed class ReconcileJob(
    Reconciler reconciler, SqliteCheckpoint checkpoint, IHostApplicationLifetime lifetime, ILogger<ReconcileJob> logger) : RepeatedJob(lifetime, logger)
{
    internal static readonly JobKey Key = new("reconcile", "engine");

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await reconciler.RunAsync(cancellationToken);
        await checkpoint.RunAsync(cancellationToken);
    }
}
