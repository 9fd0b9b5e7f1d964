using Microsoft.Extensions.Options;
using Quartz;

namespace VideoGen.Web.Engine;

/// <summary>The engine: Quartz.NET decides when, the jobs table decides what.</summary>
internal static class EngineSetup
{
    public static WebApplicationBuilder AddEngine(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<EngineOptions>().BindConfiguration(EngineOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection(EngineOptions.SectionName).Get<EngineOptions>() ?? new EngineOptions();

        services.AddSingleton<EngineNode>();
        services.AddSingleton<JobLeases>();
        services.AddSingleton<JobTriggers>();
        services.AddSingleton<ProviderQueue>();
        services.AddSingleton<ProviderRequests>();
        services.AddSingleton<SubmitStep>();
        services.AddSingleton<ConfirmStep>();
        services.AddSingleton<CheckStep>();
        services.AddSingleton<SaveStep>();
        services.AddSingleton<ReleaseResults>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<JobStep>();
        services.AddSingleton<StepPlaces>();
        services.AddSingleton<JobSchedule>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<LateChecks>();
        services.AddHostedService<EngineStart>();

        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "videogen";
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseInMemoryStore();
            // Three places beyond the steps, for the reconciler, the late checks and the repair.
            quartz.UseDefaultThreadPool(options.MaxParallelSteps + 3);
            quartz.AddJob<JobStepJob>(job => job.WithIdentity(JobStepJob.Key).StoreDurably());
            quartz.AddJob<ReconcileJob>(job => job.WithIdentity(ReconcileJob.Key).StoreDurably());
            quartz.AddJob<LateChecksJob>(job => job.WithIdentity(LateChecksJob.Key).StoreDurably());
            quartz.AddTrigger(trigger => trigger
                .ForJob(LateChecksJob.Key)
                .WithIdentity("late-checks", "engine")
                .StartNow()
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(LateChecks.Interval).RepeatForever()));
            quartz.AddTrigger(trigger => trigger
                .ForJob(ReconcileJob.Key)
                .WithIdentity("reconcile", "engine")
                .StartNow()
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(options.ReconcileInterval).RepeatForever()));
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        services.AddOptions<HostOptions>().Configure<IOptions<EngineOptions>>((host, engine) => host.ShutdownTimeout = engine.Value.StopTimeout);
        return builder;
    }

    /// <summary>Runs before the scheduler starts: what an earlier run of this node held is free again.</summary>
    private sealed class EngineStart(EngineNode node) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => node.DropOldLeasesAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
