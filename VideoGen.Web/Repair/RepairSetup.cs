using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Quartz;

namespace VideoGen.Web.Repair;

/// <summary>Holds jobs, rows and stored files against each other; mends what is safe and reports the rest.</summary>
internal static class RepairSetup
{
    public static WebApplicationBuilder AddRepair(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RepairOptions>().BindConfiguration(RepairOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton<RepairMeter>();
        services.TryAddSingleton<RepairNews>();
        services.TryAddSingleton<RepairTurns>();
        services.TryAddSingleton<RepairRecords>();
        services.TryAddSingleton<LocalCopies>();
        services.TryAddSingleton<FileFaults>();
        services.TryAddSingleton<LostFile>();
        services.TryAddSingleton<MissingPoster>();
        services.TryAddSingleton<LostRow>();
        services.AddSingleton<RepairScan, LeftoversScan>();
        services.AddSingleton<RepairScan, CompletedJobsScan>();
        services.AddSingleton<RepairScan, MissingFilesScan>();
        services.AddSingleton<RepairScan, StoredFilesScan>();
        services.AddSingleton<RepairScan, FileContentsScan>();
        services.TryAddSingleton<RepairPass>();
        services.TryAddSingleton<StartRepairCommand>();
        services.TryAddSingleton<StoreOverviewQuery>();

        services.AddQuartz(static quartz =>
        {
            quartz.AddJob<RepairJob>(job => job.WithIdentity(RepairJob.Key).StoreDurably());
            quartz.AddTrigger(static (all, trigger) =>
            {
                var options = all.GetRequiredService<IOptions<RepairOptions>>().Value;
                trigger
                    .ForJob(RepairJob.Key)
                    .WithIdentity("repair", "repair")
                    .StartAt(all.GetRequiredService<TimeProvider>().GetUtcNow() + options.StartAfter)
                    .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(options.Interval).RepeatForever());
            });
        });
        return builder;
    }
}
