using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Simulator;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Media;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Tests.App;
using VideoGen.Tests.Data;
using VideoGen.Tests.Outage;
using VideoGen.Tests.Providers;
using VideoGen.Web.Accounts;
using VideoGen.Web.Data;
using VideoGen.Web.Models;

namespace VideoGen.Tests.Crash;

/// <summary>
/// A data folder with jobs in it, on which servers are started and killed, and providers that outlive them. The database is opened
/// from here with the server's own code, never with another SQLite: read at any time, written only while no server runs.
/// </summary>
internal sealed class CrashStudio : IAsyncDisposable
{
    private const string LocalModel = """
        { "provider": "local", "providerName": "Built in", "id": "title-sequence", "name": "Local renderer",
          "sizes": ["320x180"], "durations": [2], "frameRates": [24], "seed": true, "price": { "perVideo": 0 }, "usualTime": { "min": 1, "max": 10 } }
        """;

    // Longer than a lease in these runs, so that somebody else has taken the job when the answer comes.
    private static readonly TimeSpan LateAnswer = TimeSpan.FromSeconds(8);

    private readonly TestFolder _folder = new();
    private readonly StandInTools _tools = new();
    private readonly SimulatedProviders _providers;
    private readonly WebApplication _reader;
    private readonly ModelCatalogue _catalogue;
    private readonly Dictionary<string, string> _settings;
    private readonly HashSet<Guid> _ordered = [];
    private readonly HashSet<Guid> _toBeStopped = [];
    private readonly Person _owner = new() { UserName = "crash@example.org", DisplayName = "Crash", CreatedAt = DateTimeOffset.UtcNow };

    private CrashStudio(SimulatedProviders providers, string localVideo, IReadOnlyDictionary<string, string> settings)
    {
        _providers = providers;
        var catalogue = JsonNode.Parse(providers.Catalogue)!;
        catalogue["models"]!.AsArray().Add(JsonNode.Parse(LocalModel));
        var cataloguePath = _folder.Write("models.json", Encoding.UTF8.GetBytes(catalogue.ToJsonString()));
        _catalogue = CatalogueFile.Read(cataloguePath);
        _settings = SettingsOf(cataloguePath, localVideo);
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }

        _reader = TestDatabase.Build(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:RootPath"] = DataRoot });
    }

    public string DataRoot => _folder.PathOf("data");

    public IDbContextFactory<AppDbContext> Contexts => _reader.Services.GetRequiredService<IDbContextFactory<AppDbContext>>();

    public Ledger Ledger => _providers.Simulator.Ledger;

    public Guid OwnerId => _owner.Id;

    /// <summary>Every job that was ever made here.</summary>
    public IReadOnlySet<Guid> Ordered => _ordered;

    /// <summary>Those that never end, and are wanted stopped.</summary>
    public IReadOnlySet<Guid> ToBeStopped => _toBeStopped;

    /// <param name="simulator">How the providers behave. Their ledger gets a place of its own.</param>
    /// <param name="settings">Configuration keys with ":" between their parts; they win over the short waits here.</param>
    public static async Task<CrashStudio> CreateAsync(SimulatorOptions simulator, IReadOnlyDictionary<string, string>? settings = null)
    {
        var ledger = Path.Combine(Path.GetTempPath(), $"videogen-crash-{Guid.NewGuid():n}.jsonl");
        var providers = await SimulatedProviders.StartAsync(simulator with { LedgerPath = ledger });
        var studio = new CrashStudio(
            providers, await SampleVideos.OfAsync(320, 180, seconds: 2), settings ?? new Dictionary<string, string>(StringComparer.Ordinal));

        // Migrates, and lets go of the folder again.
        await using (var maker = TestDatabase.Build(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:RootPath"] = studio.DataRoot }))
        {
            await maker.MigrateDatabaseAsync();
        }

        await using var db = await studio.Contexts.CreateDbContextAsync();
        db.Users.Add(studio._owner);
        await db.SaveChangesAsync();
        return studio;
    }

    /// <param name="crashAt">See CrashPoint; <see langword="null"/> for nowhere.</param>
    public ServerProcess Start(string? crashAt = null) => ServerProcess.Start(_settings, crashAt);

    public async Task AddJobsAsync(IEnumerable<CrashOrder> orders)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        foreach (var order in orders)
        {
            var job = new GenerationJob(OrderOf(order), DateTimeOffset.UtcNow);
            db.Jobs.Add(job);
            _ordered.Add(job.Id);
            if (order.IsToBeStopped)
            {
                _toBeStopped.Add(job.Id);
            }
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Jobs whose first check is answered only after somebody else has taken them over. Their providers have to be quick.</summary>
    public async Task AddJobsWithLateAnswersAsync()
    {
        string[] providers = [CrashOrder.Listing, "runway", "replicate"];
        foreach (var (provider, word) in providers.Select((provider, index) => (provider, $"[late {index}]")))
        {
            _providers.Simulator.Misbehave(new MisbehaviourRule
            {
                Kind = MisbehaviourKind.Slow,
                Operation = Operation.Check,
                PromptContains = word,
                Delay = LateAnswer,
            });

            // Saved for so long that the late answer comes while somebody else is saving.
            _providers.Simulator.Misbehave(new MisbehaviourRule
            {
                Kind = MisbehaviourKind.Slow,
                Operation = Operation.Content,
                PromptContains = word,
                Delay = LateAnswer,
            });
            await AddJobsAsync([new CrashOrder(provider, word)]);
        }
    }

    /// <summary>From now on, checks of jobs with this word in their prompt are answered after so long.</summary>
    public void DelayChecksOf(string word, TimeSpan delay) => _providers.Simulator.Misbehave(new MisbehaviourRule
    {
        Kind = MisbehaviourKind.Slow,
        Operation = Operation.Check,
        PromptContains = word,
        Delay = delay,
        Times = null,
    });

    /// <summary>All jobs with their histories and attempts.</summary>
    public async Task<IReadOnlyList<GenerationJob>> JobsAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync();
        return await db.Jobs.AsNoTracking().Include(job => job.Events).Include(job => job.Attempts).AsSplitQuery().ToListAsync();
    }

    /// <summary>All jobs with their attempts alone.</summary>
    public async Task<IReadOnlyList<GenerationJob>> AttemptsAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync();
        return await db.Jobs.AsNoTracking().Include(job => job.Attempts).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _providers.DisposeAsync();
        File.Delete(Ledger.Path);
        _tools.Dispose();
        _folder.Dispose();
    }

    // The prompt is unlike any other: by it the ledger tells whose a request is.
    private JobOrder OrderOf(CrashOrder order)
    {
        var model = _catalogue.Models.First(model => string.Equals(model.ProviderId, order.Provider, StringComparison.Ordinal));
        return new JobOrder
        {
            OwnerId = _owner.Id,
            BatchId = Guid.NewGuid(),
            BatchIndex = 0,
            ProviderId = model.ProviderId,
            ModelId = model.Id,
            Prompt = string.Create(CultureInfo.InvariantCulture, $"A lighthouse in a storm, take {_ordered.Count} of {order.Provider}. {order.Word}").Trim(),
            Size = model.Sizes[0],
            Duration = model.DefaultDuration,
            FrameRate = model.FrameRates.Count > 0 ? model.FrameRates[0] : null,
            ExpectedCost = 0,
        };
    }

    // Short waits, and media programs that cost nothing: it is not the media that is killed.
    private Dictionary<string, string> SettingsOf(string cataloguePath, string localVideo)
    {
        var settings = new Dictionary<string, string>(_providers.Settings, StringComparer.Ordinal)
        {
            ["Data:RootPath"] = DataRoot,
            ["Catalogue:Path"] = cataloguePath,
            ["Engine:PollInterval"] = "00:00:00.5",
            ["Engine:ReconcileInterval"] = "00:00:01",
            ["Engine:LookAgainAfter"] = "00:00:01",
            ["Engine:Lease"] = "00:00:05",
            // The jobs are not to blame.
            ["Engine:QuarantineAfter"] = "1000",
            ["Engine:MaxParallelSteps"] = "30",
        };
        foreach (var (key, value) in _tools.Settings)
        {
            settings[key] = value!;
        }

        settings["Providers:Local:FfmpegPath"] = _tools.Renderer(localVideo);
        return settings;
    }
}
