using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Quartz.Extensibility;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

[Trait("Req", "R-16")]
public sealed class JobTriggersTests
{
    // The system's clock is years behind this one. A trigger that took its time from there came too late again and again within one
    // look of the scheduler at its store, which then never ended.
    [Fact]
    public async Task Repeat_LooksWereMissedByAClockOfItsOwn_GoesOnFromNow()
    {
        var clock = new TestClock();
        await using var provider = Build(clock);
        var triggers = provider.GetRequiredService<JobTriggers>();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await triggers.RepeatAsync(Guid.NewGuid(), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(10));

        // What the scheduler does with a trigger that is late; it would go on doing so until the trigger is not late any more.
        var trigger = (IOperableTrigger)(await scheduler.GetTriggersOfJob(JobStepJob.Key)).Single();
        trigger.UpdateAfterMisfire(null);

        Assert.Equal(clock.Now + TimeSpan.FromSeconds(5), trigger.NextFireTimeUtc);
    }

    [Fact]
    public async Task Planned_SchedulerGaveTheTriggerUp_CountsAsMissingAndIsReplaced()
    {
        await using var provider = Build(TimeProvider.System);
        var triggers = provider.GetRequiredService<JobTriggers>();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();
        var jobId = Guid.NewGuid();
        await triggers.RepeatAsync(jobId, TimeSpan.FromMinutes(1), TimeSpan.Zero, CancellationToken.None);
        Assert.Contains(jobId, await triggers.PlannedAsync(CancellationToken.None));

        await scheduler.Start();
        await Eventually.HoldsAsync(async () => !(await triggers.PlannedAsync(CancellationToken.None)).Contains(jobId));

        await triggers.RepeatAsync(jobId, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Contains(jobId, await triggers.PlannedAsync(CancellationToken.None));
        await scheduler.Shutdown();
    }

    // Without what the job is made of, the scheduler cannot make it and puts the trigger out of service.
    private static ServiceProvider Build(TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(clock);
        services.AddSingleton<JobTriggers>();
        services.AddQuartz(quartz => quartz.AddJob<JobStepJob>(job => job.WithIdentity(JobStepJob.Key).StoreDurably()));
        return services.BuildServiceProvider();
    }
}
