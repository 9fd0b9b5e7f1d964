using Microsoft.Extensions.DependencyInjection;
using Quartz;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

[Trait("Req", "R-16")]
public sealed class JobTriggersTests
{
    [Fact]
    public async Task Planned_SchedulerGaveTheTriggerUp_CountsAsMissingAndIsReplaced()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<JobTriggers>();

        // Without what the job is made of, the scheduler cannot make it and puts the trigger out of service.
        services.AddQuartz(quartz => quartz.AddJob<JobStepJob>(job => job.WithIdentity(JobStepJob.Key).StoreDurably()));
        await using var provider = services.BuildServiceProvider();
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
}
