using Quartz;

namespace VideoGen.Web.Engine;

/// <summary>
/// The scheduler's side of a job: one repeating trigger while it is active. Disposable knowledge: the reconciler makes it
/// match the jobs table.
/// </summary>
internal sealed class JobTriggers(ISchedulerFactory schedulers, TimeProvider clock)
{
    internal const string Group = "jobs";
    internal const string JobIdKey = "jobId";

    /// <summary>Looks at the job at this interval, replacing what was planned before.</summary>
    /// <param name="delay">How long to wait before the first look.</param>
    public async Task RepeatAsync(Guid jobId, TimeSpan interval, TimeSpan delay, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        // The scheduler's own clock: one that counts by another is late for ever.
        var trigger = TriggerBuilder.Create(clock)
            .WithIdentity(KeyOf(jobId))
            .ForJob(JobStepJob.Key)
            .UsingJobData(JobIdKey, jobId.ToString())
            .StartAt(clock.GetUtcNow() + delay)
            .WithOverlapPolicy(OverlapPolicy.Skip)
            .WithSchedule(SimpleScheduleBuilder.Create()
                .WithInterval(interval)
                // Providers count from question to question; one that came late must not be followed by one on time.
                .MeasureIntervalFromCompletion(true)
                .RepeatForever()
                // After a pause each job is looked at once, not once for every look that was missed.
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
            .Build();
        await scheduler.ScheduleJob(trigger, ScheduleJobOptions.Replacing, cancellationToken);
    }

    /// <summary>Looks at the job once, at once, whatever else is planned.</summary>
    public async Task RunNowAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.TriggerJob(JobStepJob.Key, new JobDataMap { { JobIdKey, jobId.ToString() } }, cancellationToken);
    }

    public async Task StopAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.UnscheduleJob(KeyOf(jobId), cancellationToken);
    }

    /// <summary>The jobs with a trigger that still fires. One that the scheduler has given up counts as missing.</summary>
    public async Task<IReadOnlySet<Guid>> PlannedAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var found = await scheduler.QueryTriggers(
            new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(Group), Take = int.MaxValue }, cancellationToken);
        return found.Items
            .Where(trigger => trigger.State is not (TriggerState.Error or TriggerState.Complete))
            .Select(trigger => Guid.Parse(trigger.Key.Name))
            .ToHashSet();
    }

    private static TriggerKey KeyOf(Guid jobId) => new(jobId.ToString(), Group);
}
