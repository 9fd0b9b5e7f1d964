using Quartz;

namespace VideoGen.Web.Engine;

/// <summary>
/// What the scheduler fires again and again, around something that a test can call: a run that fails is logged and made good by the
/// next, because a trigger that keeps failing would be taken out of service.
/// </summary>
internal abstract partial class RepeatedJob(IHostApplicationLifetime lifetime, ILogger logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await RunAsync(cancellationToken);
        }
        catch (Exception) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // What is left is done after the next start; the scheduler takes no new triggers any more.
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(ex, GetType().Name);
        }
    }

    protected abstract Task RunAsync(CancellationToken cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} failed; it is done again with its next turn")]
    private partial void LogFailed(Exception exception, string job);
}
