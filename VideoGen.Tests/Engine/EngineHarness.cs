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
using VideoGen.Web.Gallery;
using VideoGen.Web.Jobs;
using VideoGen.Web.Jobs.Recovery;
using VideoGen.Web.LiveUpdates;
using VideoGen.Web.Media;
using VideoGen.Web.Models;
using VideoGen.Web.Providers;
using VideoGen.Web.Repair;
using VideoGen.Web.Saving;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Engine;

/// <summary>
/// One process of the application on a test database, with the registrations of the application itself; only the clock is the
/// test's, and the provider and the catalogue where it wants its own. The scheduler is not started: what it would fire, the test
/// calls. Two of them on one database are two processes; on PostgreSQL each has a data folder of its own.
/// </summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly WebApplication _app;
    private readonly TestVideoProvider? _provider;

    /// <summary>With a provider and a model of the test's.</summary>
    public EngineHarness(TestDatabase database, TestVideoProvider provider, TimeProvider clock, VideoModel? model, IReadOnlyDictionary<string, string?>? settings)
        : this(database, clock, settings, builder => AddDoubles(builder.Services, provider, model ?? ModelSamples.Model)) => _provider = provider;

    /// <summary>With the application's own providers and catalogue, as the settings have them.</summary>
    public EngineHarness(TestDatabase database, TimeProvider clock, IReadOnlyDictionary<string, string?> settings)
        : this(database, clock, settings, builder => builder.AddCatalogue().AddVideoProviders())
    {
    }

    private EngineHarness(
        TestDatabase database, TimeProvider clock, IReadOnlyDictionary<string, string?>? settings, Action<WebApplicationBuilder> addProviders)
    {
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
        addProviders(builder);
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
        builder.AddGallery();
        builder.AddEngine();
        builder.AddRepair();
        _app = builder.Build();
    }

    /// <summary>The provider that the test gave it.</summary>
    public TestVideoProvider Provider => _provider ?? throw new InvalidOperationException("The providers are the application's own.");

    /// <summary>Only where the settings name no store.</summary>
    public TestVideoStore Store => Get<TestVideoStore>();

    public JobUpdates Updates => Get<JobUpdates>();

    public IDbContextFactory<AppDbContext> Contexts => Get<IDbContextFactory<AppDbContext>>();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>What one firing does, without the planning that follows it.</summary>
    public Task<StepOutcome> StepAsync(Guid jobId, CancellationToken cancellationToken = default) =>
        Get<JobStep>().RunAsync(jobId, cancellationToken);

    /// <summary>What comes of an order for its one job.</summary>
    public async Task<RecoveryResult> RecoverAsync(Guid actorId, RecoveryOrder order) =>
        Assert.Single(await Get<RecoverJobsCommand>().ExecuteAsync(actorId, order, CancellationToken.None));

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

    /// <summary>When the scheduler first comes to each planned job.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> StartsAsync()
    {
        var scheduler = await Get<ISchedulerFactory>().GetScheduler();
        var triggers = await scheduler.GetTriggersOfJob(JobStepJob.Key);
        return triggers.ToDictionary(trigger => Guid.Parse(trigger.JobDataMap.GetString(JobTriggers.JobIdKey)!), trigger => trigger.StartTimeUtc);
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

    private static void AddDoubles(IServiceCollection services, TestVideoProvider provider, VideoModel model)
    {
        services.AddSingleton<IVideoProvider>(provider);
        services.AddSingleton<VideoProviders>();
        services.AddSingleton(new ModelCatalogue([model]));
    }
}
