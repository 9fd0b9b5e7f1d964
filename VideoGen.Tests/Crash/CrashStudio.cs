using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Tests.App;
using VideoGen.Tests.Data;
using VideoGen.Web.Accounts;
using VideoGen.Web.Data;

namespace VideoGen.Tests.Crash;

/// <summary>
/// A data folder with jobs in it, on which servers are started and killed; and the look afterwards at what is left. The
/// database is opened from here with the server's own code while it runs, never with another SQLite.
/// </summary>
internal sealed class CrashStudio : IAsyncDisposable
{
    // Small and short, so that a run takes seconds. The same provider, files and checks as in the real catalogue.
    private const string Catalogue = """
        { "models": [ { "provider": "local", "providerName": "Built in", "id": "title-sequence", "name": "Local renderer",
          "sizes": ["320x180"], "durations": [2], "frameRates": [24], "seed": true, "price": { "perVideo": 0 }, "usualTime": { "min": 1, "max": 10 } } ] }
        """;

    private readonly TestFolder _folder;
    private readonly WebApplication _reader;

    private CrashStudio(WebApplication reader, TestFolder folder)
    {
        _reader = reader;
        _folder = folder;
    }

    /// <summary>The configuration of a server on this folder.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Data:RootPath"] = DataRoot,
        ["Catalogue:Path"] = _folder.PathOf("models.json"),
        ["Engine:PollInterval"] = "00:00:00.5",
        ["Engine:ReconcileInterval"] = "00:00:01",
    };

    public string DataRoot => _folder.PathOf("data");

    private IDbContextFactory<AppDbContext> Contexts => _reader.Services.GetRequiredService<IDbContextFactory<AppDbContext>>();

    /// <summary>Makes the folder and its database, with this many jobs waiting.</summary>
    public static async Task<CrashStudio> CreateAsync(int jobs)
    {
        var folder = new TestFolder();
        folder.Write("models.json", System.Text.Encoding.UTF8.GetBytes(Catalogue));
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:RootPath"] = folder.PathOf("data") };

        // Migrates, and lets go of the folder again.
        await using (var maker = TestDatabase.Build(settings))
        {
            await maker.MigrateDatabaseAsync();
        }

        var studio = new CrashStudio(TestDatabase.Build(settings), folder);
        await studio.AddJobsAsync(jobs);
        return studio;
    }

    /// <summary>Starts a server and waits until every job has ended.</summary>
    public async Task DrainAsync(TimeSpan limit)
    {
        await using var server = ServerProcess.Start(Settings);
        await server.ReadyAsync();
        await Eventually.HoldsAsync(
            async () =>
            {
                await using var db = await Contexts.CreateDbContextAsync();
                return await db.Jobs.AllAsync(job => job.Status == JobStatus.Completed || job.Status == JobStatus.Failed || job.Status == JobStatus.Cancelled)
                    && LeftOvers().Count == 0;
            },
            limit,
            () => $"Not drained; left over: {string.Join(", ", LeftOvers())}\n{server.Output}");
    }

    /// <summary>What is wrong after everything has run to its end; all zero when the promise was kept.</summary>
    public async Task<CrashVerdict> VerifyAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync();
        var jobs = await db.Jobs.AsNoTracking().Include(job => job.Events).Include(job => job.Attempts).ToListAsync();
        var videos = await db.Videos.AsNoTracking().ToListAsync();
        var files = FilesIn("store");

        return new CrashVerdict
        {
            Lost = jobs.Count(job => job.Status != JobStatus.Completed),
            Duplicates = jobs.Count(job => job.Attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Accepted) != 1),
            MissingRows = jobs.Count(job => videos.Count(video => video.JobId == job.Id) != 1),
            MissingFiles = videos.Count(video => !files.Contains(video.StoreKey) || !files.Contains(video.PosterKey)),
            Orphans = files.Count - (2 * videos.Count),
            LeftOver = LeftOvers().Count,
            BrokenHistories = jobs.Count(job => !TellsTheStory(job)),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AddJobsAsync(int count)
    {
        var owner = new Person { UserName = "crash@example.org", DisplayName = "Crash", CreatedAt = DateTimeOffset.UtcNow };
        await using var db = await Contexts.CreateDbContextAsync();
        db.Users.Add(owner);
        for (var index = 0; index < count; index++)
        {
            db.Jobs.Add(new GenerationJob(
                new JobOrder
                {
                    OwnerId = owner.Id,
                    BatchId = Guid.NewGuid(),
                    BatchIndex = 0,
                    ProviderId = "local",
                    ModelId = "title-sequence",
                    Prompt = string.Create(CultureInfo.InvariantCulture, $"A lighthouse in a storm, take {index}"),
                    Size = new VideoSize(320, 180),
                    Duration = TimeSpan.FromSeconds(2),
                    FrameRate = 24,
                    Seed = index,
                    ExpectedCost = 0,
                },
                DateTimeOffset.UtcNow));
        }

        await db.SaveChangesAsync();
    }

    // Whatever is neither stored nor needed any more.
    private List<string> LeftOvers() => [.. FilesIn("spool"), .. FilesIn("renders"), .. FilesIn("store").Where(name => name.Contains(".tmp", StringComparison.Ordinal))];

    private HashSet<string> FilesIn(string room)
    {
        var root = Path.Combine(DataRoot, room);
        return Directory.Exists(root)
            ? [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file))]
            : [];
    }

    // Begins with the creation, ends with the completion, and every move starts where the one before it ended.
    private static bool TellsTheStory(GenerationJob job)
    {
        var story = job.Events.OrderBy(entry => entry.Id).ToList();
        return story is [{ From: null, To: JobStatus.Queued }, .., { To: JobStatus.Completed }]
            && story.Zip(story.Skip(1)).All(pair => pair.First.To == pair.Second.From);
    }
}

/// <summary>Counts of what went wrong.</summary>
internal sealed record CrashVerdict
{
    public int Lost { get; init; }

    public int Duplicates { get; init; }

    public int MissingRows { get; init; }

    public int MissingFiles { get; init; }

    public int Orphans { get; init; }

    public int LeftOver { get; init; }

    public int BrokenHistories { get; init; }

    public static CrashVerdict operator +(CrashVerdict a, CrashVerdict b) => new()
    {
        Lost = a.Lost + b.Lost,
        Duplicates = a.Duplicates + b.Duplicates,
        MissingRows = a.MissingRows + b.MissingRows,
        MissingFiles = a.MissingFiles + b.MissingFiles,
        Orphans = a.Orphans + b.Orphans,
        LeftOver = a.LeftOver + b.LeftOver,
        BrokenHistories = a.BrokenHistories + b.BrokenHistories,
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"lost={Lost} duplicates={Duplicates} missing_rows={MissingRows} missing_files={MissingFiles} orphans={Orphans} left_over={LeftOver} broken_histories={BrokenHistories}");
}
