using System.Collections.Concurrent;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.App;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Media;
using VideoGen.Tests.Providers;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Webhooks;

/// <summary>
/// The application with OpenAI's webhooks set up and a scripted provider under that name. Its scheduler is not started: what it is asked
/// to do at once can be counted, and a test does it itself when it wants to. Clock and provider are the test's.
/// </summary>
public sealed class WebhookStudio : IAsyncLifetime
{
    internal const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    internal const string Provider = "openai";

    private StudioServer _server = null!;
    private Guid _ownerId;

    internal TestClock Clock { get; } = new();

    internal TestVideoProvider Videos { get; } = new(SampleVideo.Mp4Path) { Id = Provider };

    internal Visitor Outside { get; private set; } = null!;

    /// <summary>Everything that was logged, from the most detailed level on.</summary>
    internal ConcurrentQueue<string> Log { get; } = new();

    private IDbContextFactory<AppDbContext> Contexts => Get<IDbContextFactory<AppDbContext>>();

    public async ValueTask InitializeAsync()
    {
        _server = await StudioServer.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Providers:OpenAI:WebhookSecret"] = Secret,
                ["Webhooks:PublicAddress"] = "https://videos.example.org/",
            },
            services =>
            {
                services.AddSingleton<TimeProvider>(Clock);

                // Its service starts it some time after the server listens: whatever is held later may be started after that.
                services.Configure<QuartzHostedServiceOptions>(options => options.AutoStart = false);
                services.AddSingleton<Domain.Providers.IVideoProvider>(Videos);
                services.AddSingleton<ILoggerProvider>(new Recorder(Log));
                services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFilter<Recorder>(category: null, LogLevel.Trace));
            });
        _ownerId = await _server.AddPersonAsync("Mara Lindqvist", "mara@halden.example", "violet harbour 93 kites");
        Outside = _server.NewVisitor();
    }

    internal T Get<T>()
        where T : notnull => _server.Services.GetRequiredService<T>();

    /// <summary>A job that the provider is working on.</summary>
    internal async Task<GenerationJob> AddJobAsync(Action<GenerationJob>? then = null, string providerId = Provider)
    {
        var job = new GenerationJob(JobSamples.Order(_ownerId) with { ProviderId = providerId }, Clock.Now);
        job.BeginSubmission(JobSamples.Intent, Clock.Now);
        job.Accept($"video_{job.Id:N}", "Accepted", Clock.Now);
        then?.Invoke(job);
        await using var db = await Contexts.CreateDbContextAsync();
        db.Jobs.Add(job);
        await db.SaveChangesAsync();
        return job;
    }

    /// <summary>What the provider would send about a job now.</summary>
    internal SignedMessage MessageOf(GenerationJob job, string type = "video.completed") => new(
        $"evt_{Guid.NewGuid():N}", Clock.Now, $$$"""{"object":"event","type":"{{{type}}}","data":{"id":"{{{job.ProviderJobId}}}"}}""", Secret);

    /// <summary>Where the provider would say so without a signature, on this server.</summary>
    internal string HintOf(GenerationJob job, string providerId = Provider) =>
        Get<CallbackAddresses>().Of(providerId, job.Attempts[^1].SubmitKey)!.AbsolutePath;

    internal async Task<HttpStatusCode> SendAsync(SignedMessage message, string path = "/webhooks/openai")
    {
        using var request = message.To(path);
        using var answer = await Outside.Client.SendAsync(request);
        return answer.StatusCode;
    }

    internal async Task<HttpStatusCode> SendHintAsync(string path, string body = "{}")
    {
        using var content = new StringContent(body);
        using var answer = await Outside.Client.PostAsync(path, content);
        return answer.StatusCode;
    }

    /// <summary>How often the engine was asked to look at the job at once.</summary>
    internal async Task<int> SummonsAsync(GenerationJob job)
    {
        var triggers = await (await SchedulerAsync()).GetTriggersOfJob(JobStepJob.Key);
        return triggers.Count(trigger =>
            !string.Equals(trigger.Key.Group, JobTriggers.Group, StringComparison.Ordinal)
            && string.Equals(trigger.JobDataMap.GetString(JobTriggers.JobIdKey), job.Id.ToString(), StringComparison.Ordinal));
    }

    /// <summary>What the scheduler does when it comes to a job.</summary>
    internal Task StepAsync(GenerationJob job) => Get<JobSchedule>().StepAsync(job.Id, CancellationToken.None);

    /// <summary>Lets the scheduler do what has gathered.</summary>
    internal async Task ReleaseSchedulerAsync() => await (await SchedulerAsync()).Start();

    internal async Task<GenerationJob> ReadAsync(GenerationJob job)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        return await db.Jobs.AsNoTracking().Include(row => row.Events).SingleAsync(row => row.Id == job.Id);
    }

    internal async Task<List<Video>> VideosAsync(GenerationJob job)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        return await db.Videos.AsNoTracking().Where(video => video.JobId == job.Id).ToListAsync();
    }

    public ValueTask DisposeAsync()
    {
        Outside.Dispose();
        return _server.DisposeAsync();
    }

    private ValueTask<IScheduler> SchedulerAsync() => Get<ISchedulerFactory>().GetScheduler();

    [ProviderAlias("Recorder")]
    private sealed class Recorder(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
