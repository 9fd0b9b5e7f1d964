using System.Diagnostics.CodeAnalysis;
using Quartz;

namespace VideoGen.Web.Engine;

/// <summary>What the scheduler fires: a shell around <see cref="JobStep"/>.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by Quartz.")]
internal sealed class JobStepJob(JobSchedule schedule, IHostApplicationLifetime lifetime) : IJob
{
    internal static readonly JobKey Key = new("step", "engine");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var jobId = Guid.Parse(context.MergedJobDataMap.GetString(JobTriggers.JobIdKey)!);
        try
        {
            await schedule.StepAsync(jobId, cancellationToken);
        }
        catch (Exception ex) when (ex is SchedulerException or OperationCanceledException && lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The step is written, or was never begun; only the next one could not be planned, and the next start plans it.
        }
    }
}
