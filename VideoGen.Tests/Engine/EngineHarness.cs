using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Models;
using VideoGen.Tests.Providers;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;
using VideoGen.Web.Jobs;
using VideoGen.Web.LiveUpdates;
using VideoGen.Web.Media;
using VideoGen.Web.Providers;
using VideoGen.Web.Saving;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Engine;

/// <summary>
/// One process of the application on a test database, with the registrations of the application itself; only the providers,
/// the catalogue and the clock are the test's. The scheduler is not started: what it would fire, the test calls. Two of
/// them on one database are two processes; on PostgreSQL each has a data folder of its own.
/// </summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly WebApplication _app;

    public EngineHarness(TestDatabase database, TestVideoProvider provider, TimeProvider clock, VideoModel? model, IReadOnlyDictionary<string, string?>? settings)
        : this(database, [provider], clock, [model ?? ModelSamples.Model], settings)
    {
    }

    public EngineHarness(
        TestDatabase database,
        IReadOnlyList<TestVideoProvider> providers,
        TimeProvider clock,
        IReadOnlyList<VideoModel> models,
        IReadOnlyDictionary<string, string?>? settings)
    {
        Provider = providers[0];
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "VideoGen.Web" });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(database.Settings);
        if (database is PostgresDatabase)
        {
            builder.Configuration.AddInMemoryCollection([new("Data:RootPath", _folder.Root)]);
        }

        builder.Configuration.AddInMemoryCollection(settings);
        var services = builder.Services;
        services.AddLogging();
        builder.AddDatabase();
        services.AddSingleton(clock);
        foreach (var provider in providers)
        {
            services.AddSingleton<IVideoProvider>(provider);
        }

        services.AddOptions<BreakerOptions>().BindConfiguration(BreakerOptions.SectionName);
        services.AddSingleton<VideoProviders>();
        services.AddSingleton(new ModelCatalogue([.. models]));
        // On a real clock: nobody moves the test's while pages gather their hints.
        services.AddSingleton(new JobUpdates(TimeProvider.System));
        if (builder.Configuration["Storage:Kind"] is null)
        {
            services.AddSingleton<TestVideoStore>();
            services.AddSingleton<IVideoStore>(all => all.GetRequiredService<TestVideoStore>());
        }

        builder.AddStorage();
        builder.AddMedia();
        builder.AddSaving();
        builder.AddJobs();
        builder.AddEngine();
        _app = builder.Build();
    }

    /// <summary>The provider; the first one where there are several.</summary>
    public TestVideoProvider Provider { get; }

    /// <summary>Only where the settings name no store.</summary>
    public TestVideoStore Store => Get<TestVideoStore>();

    public JobUpdates Updates => Get<JobUpdates>();

    public IDbContextFactory<AppDbContext> Contexts => Get<IDbContextFactory<AppDbContext>>();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>What one firing does, without the planning that follows it.</summary>
    public Task<StepOutcome> StepAsync(Guid jobId, CancellationToken cancellationToken = default) =>
        Get<JobStep>().RunAsync(jobId, cancellationToken);

    /// <summary>The jobs that the scheduler comes back to by itself.</summary>
    public Task<IReadOnlySet<Guid>> PlannedAsync() => Get<JobTriggers>().PlannedAsync(CancellationToken.None);

    /// <summary>The jobs that were asked to be looked at once, at once; each as often as it was asked for.</summary>
    public async Task<IReadOnlyList<Guid>> SummonedAsync()
    {
        var scheduler = await Get<ISchedulerFactory>().GetScheduler();
        var triggers = await scheduler.GetTriggersOfJob(JobStepJob.Key);
        return [.. triggers
            .Where(trigger => !string.Equals(trigger.Key.Group, JobTriggers.Group, StringComparison.Ordinal))
            .Select(trigger => Guid.Parse(trigger.JobDataMap.GetString(JobTriggers.JobIdKey)!))];
    }

    /// <summary>How often the scheduler comes back to a planned job.</summary>
    public async Task<TimeSpan> IntervalAsync(Guid jobId)
    {
        var scheduler = await Get<ISchedulerFactory>().GetScheduler();
        var triggers = await scheduler.GetTriggersOfJob(JobStepJob.Key);
        return Assert.IsAssignableFrom<ISimpleTrigger>(
            triggers.Single(trigger => trigger.Key.Equals(new TriggerKey(jobId.ToString(), JobTriggers.Group)))).RepeatInterval;
    }

    /// <summary>Runs the application as it is run, with its scheduler.</summary>
    public Task RunAsync() => _app.StartAsync();

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
