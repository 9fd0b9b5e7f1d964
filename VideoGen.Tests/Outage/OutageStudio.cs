using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Tests.Data;
using VideoGen.Tests.Engine;
using VideoGen.Tests.Providers;

namespace VideoGen.Tests.Outage;

/// <summary>
/// The engine with its scheduler and the application's own providers, which speak with the simulator over HTTP. Their jobs take as
/// long as the test wants.
/// </summary>
internal sealed class OutageStudio : IAsyncDisposable
{
    public const int JobsPerProvider = 25;

    /// <summary>The one that goes down.</summary>
    public const string Failing = "openai";

    /// <summary>Nothing happens to these. Each has a dialect of its own name.</summary>
    public static readonly IReadOnlyList<string> Healthy = ["azure-sora", "luma", "fal"];

    private static readonly TimeSpan GenerationTime = TimeSpan.FromHours(1);

    // The longest that a job backs off is 5 min; how long it takes is not what is tested.
    private static readonly TimeSpan FinishLimit = TimeSpan.FromMinutes(6);
    private static readonly string[] Sections = ["OpenAI", "AzureSora", "Luma", "Fal"];

    private readonly TestDatabase _database;
    private readonly SimulatedProviders _providers;
    private readonly ForwardClock _clock;
    private readonly TestFolder _folder = new();
    private readonly StandInTools _tools = new();
    private readonly EngineHarness _engine;

    private OutageStudio(TestDatabase database, SimulatedProviders providers, ForwardClock clock, OutageScale scale)
    {
        _database = database;
        _providers = providers;
        _clock = clock;
        _engine = new EngineHarness(database, TimeProvider.System, SettingsOf(scale));
    }

    public static IReadOnlyList<string> Providers => [Failing, .. Healthy];

    public ProviderSimulator Simulator => _providers.Simulator;

    /// <summary>By the clock of the simulator, as in its ledger.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    public static async Task<OutageStudio> CreateAsync(TestDatabase database, OutageScale scale)
    {
        var clock = new ForwardClock();
        var providers = await SimulatedProviders.StartAsync(new SimulatorOptions { GenerationTime = GenerationTime, Clock = clock });
        return new OutageStudio(database, providers, clock, scale);
    }

    /// <summary>Starts with a person's jobs waiting, and goes on when all of them have been accepted and are being looked at.</summary>
    public async Task RunAsync(Guid ownerId)
    {
        await AddJobsAsync(ownerId);
        await _engine.RunAsync();
        await AreLookedAtAsync(Providers, since: Now);
        await AreLookedAtAsync(Providers, since: Now);
    }

    /// <summary>Waits until every job of these providers has been looked at again.</summary>
    public Task AreLookedAtAsync(IReadOnlyCollection<string> providers, DateTimeOffset since) =>
        Eventually.HoldsAsync(() => LooksAt(providers).JobsSeen(since) == providers.Count * JobsPerProvider);

    public AnsweredLooks LooksAt(params IEnumerable<string> providers) => AnsweredLooks.Of(Simulator, providers);

    /// <summary>From now on the one provider answers every question about a job with 503.</summary>
    /// <returns>When that is.</returns>
    public DateTimeOffset Break()
    {
        Simulator.Misbehave(Failing, Operation.Check, MisbehaviourKind.Unavailable, times: null);
        return Now;
    }

    /// <summary>All providers are well again.</summary>
    /// <returns>When that is.</returns>
    public DateTimeOffset Mend()
    {
        Simulator.Behave();
        return Now;
    }

    /// <summary>Lets every provider finish all its jobs, and waits until each has ended here as well.</summary>
    public async Task FinishAsync()
    {
        _clock.PutForward(GenerationTime);
        await Eventually.HoldsAsync(async () => (await JobsAsync()).All(job => !job.Status.IsActive()), FinishLimit);
        await _engine.StopAsync();
    }

    public async Task<IReadOnlyList<GenerationJob>> JobsAsync()
    {
        await using var db = await _database.Contexts.CreateDbContextAsync();
        return await db.Jobs.AsNoTracking().ToListAsync();
    }

    /// <summary>The videos that have both their files.</summary>
    public async Task<IReadOnlyList<Video>> StoredVideosAsync()
    {
        await using var db = await _database.Contexts.CreateDbContextAsync();
        var videos = await db.Videos.AsNoTracking().ToListAsync();
        var stored = new List<Video>();
        foreach (var video in videos)
        {
            if (await LengthOfAsync(video.StoreKey) == video.SizeBytes && await LengthOfAsync(video.PosterKey) > 0)
            {
                stored.Add(video);
            }
        }

        return stored;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _providers.DisposeAsync();
        _tools.Dispose();
        _folder.Dispose();
    }

    private async Task<long?> LengthOfAsync(string key)
    {
        await using var file = await _engine.Store.OpenReadAsync(key, CancellationToken.None);
        return file?.Length;
    }

    private async Task AddJobsAsync(Guid ownerId)
    {
        await using var db = await _database.Contexts.CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        db.Jobs.AddRange(
            from model in _engine.Get<ModelCatalogue>().Models
            where Providers.Contains(model.ProviderId, StringComparer.Ordinal)
            from take in Enumerable.Range(1, JobsPerProvider)
            select new GenerationJob(OrderOf(model, take, ownerId), now));
        await db.SaveChangesAsync();
    }

    // Each with a prompt of its own, by which the ledger tells a video that was asked for twice.
    private static JobOrder OrderOf(VideoModel model, int take, Guid ownerId) => new()
    {
        OwnerId = ownerId,
        BatchId = Guid.NewGuid(),
        BatchIndex = 0,
        ProviderId = model.ProviderId,
        ModelId = model.Id,
        Prompt = string.Create(CultureInfo.InvariantCulture, $"A lighthouse in a storm, take {take} of {model.ProviderId}"),
        Size = model.Sizes[0],
        Duration = model.DefaultDuration,
        ExpectedCost = 0,
    };

    private Dictionary<string, string?> SettingsOf(OutageScale scale)
    {
        var settings = new Dictionary<string, string?>(_tools.Settings, StringComparer.Ordinal)
        {
            ["Catalogue:Path"] = _folder.Write("models.json", Encoding.UTF8.GetBytes(_providers.Catalogue)),
            ["Engine:MaxParallelSaves"] = "10",
            ["Breaker:Window"] = Text(scale.BreakerWindow),
            ["Breaker:Rest"] = Text(scale.BreakerRest),
        };
        foreach (var (key, value) in _providers.Settings)
        {
            settings[key] = value;
        }

        foreach (var section in Sections)
        {
            settings[$"Providers:{section}:MaxConcurrentJobs"] = JobsPerProvider.ToString(CultureInfo.InvariantCulture);
            settings[$"Providers:{section}:PollInterval"] = Text(scale.PollInterval);
        }

        return settings;
    }

    private static string Text(TimeSpan span) => span.ToString("c", CultureInfo.InvariantCulture);
}
