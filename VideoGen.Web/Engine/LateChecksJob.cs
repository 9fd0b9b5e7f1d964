using System.Diagnostics.CodeAnalysis;
using Quartz;

namespace VideoGen.Web.Engine;

/// <summary>What the scheduler fires for <see cref="LateChecks"/>.</summary>
[DisallowConcurrentExecution]
[SuppressMessage("Performance", "CA1812", Justification = "Made by Quartz.")]
internal sealed partial class LateChecksJob(LateChecks checks, IHostApplicationLifetime lifetime, ILogger<LateChecksJob> logger) : IJob
{
    internal static readonly JobKey Key = new("late-checks", "engine");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await checks.SweepAsync(cancellationToken);
        }
        catch (Exception) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // What is left is due again after the next start.
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            // A trigger that keeps failing would be taken out of service.
            LogFailed(ex);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Jobs that timed out could not be looked at; it is done again in a minute")]
    private partial void LogFailed(Exception exception);
}
