using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Tests.Data;
using VideoGen.Web.Accounts;
using VideoGen.Web.Data;

namespace VideoGen.Tests.Crash;

/// <summary>
/// What <see cref="SqliteKillTests"/> runs in a process of its own and kills: moves jobs through their lives with the application's
/// own context and write gate, several at once, and notes each move once its commit has returned.
/// </summary>
public sealed class SqliteWriter
{
    /// <summary>Where its database and its notes are.</summary>
    public const string FolderVariable = "VIDEOGEN_CRASH_WRITER";

    private const int Writers = 4;

    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs until it is killed.</summary>
    [Fact(Explicit = true)]
    [Trait("Category", "Crash")]
    public async Task Write()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable) ?? throw new InvalidOperationException($"{FolderVariable} is not set.");
        await using var app = TestDatabase.Build(SettingsOf(folder));
        await app.MigrateDatabaseAsync();
        var ownerId = await AddOwnerAsync(app);

        // Written through to the system with each line: what is in the file when the process is gone was acknowledged.
        await using var notes = new FileStream(NotesOf(folder), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var gate = new Lock();
        await Task.WhenAll([CheckpointAsync(app), .. Enumerable.Range(0, Writers).Select(_ => MoveJobsAsync(app, ownerId, Note))]);

        void Note(Guid jobId, JobStatus status)
        {
            lock (gate)
            {
                notes.Write(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{jobId} {status}\n")));
            }
        }
    }

    internal static string NotesOf(string folder) => Path.Combine(folder, "acknowledged.txt");

    internal static Dictionary<string, string?> SettingsOf(string folder) =>
        new(StringComparer.Ordinal) { ["Data:RootPath"] = Path.Combine(folder, "data") };

    private static async Task<Guid> AddOwnerAsync(WebApplication app)
    {
        var owner = new Person { UserName = $"{Guid.NewGuid():n}@example.org", DisplayName = "Writer", CreatedAt = DateTimeOffset.UtcNow };
        await using var db = await ContextAsync(app);
        db.Users.Add(owner);
        await db.SaveChangesAsync();
        return owner.Id;
    }

    private static Task<AppDbContext> ContextAsync(WebApplication app) =>
        app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();

    // The moment at which the log goes over into the file is one to be killed at.
    private static async Task CheckpointAsync(WebApplication app)
    {
        while (true)
        {
            await Task.Delay(BetweenCheckpoints);
            await app.Services.GetRequiredService<SqliteCheckpoint>().RunAsync(CancellationToken.None);
        }
    }

    private static async Task MoveJobsAsync(WebApplication app, Guid ownerId, Action<Guid, JobStatus> note)
    {
        while (true)
        {
            var job = new GenerationJob(OrderOf(ownerId), DateTimeOffset.UtcNow);
            await using var db = await ContextAsync(app);
            db.Jobs.Add(job);
            foreach (var move in Moves)
            {
                move(job);
                await db.SaveChangesAsync();
                note(job.Id, job.Status);
            }
        }
    }

    private static readonly Action<GenerationJob>[] Moves =
    [
        _ => { },
        job => job.BeginSubmission(new SubmissionIntent(new string('0', 64), "writer", "https://provider.example/"), DateTimeOffset.UtcNow),
        job => job.Accept($"at-provider-{job.Id:n}", "Accepted", DateTimeOffset.UtcNow),
        job => job.FinishGenerating("done", 1, DateTimeOffset.UtcNow),
        job => job.Complete("Saved", DateTimeOffset.UtcNow),
    ];

    private static JobOrder OrderOf(Guid ownerId) => new()
    {
        OwnerId = ownerId,
        BatchId = Guid.NewGuid(),
        BatchIndex = 0,
        ProviderId = "provider",
        ModelId = "model",
        Prompt = "A lighthouse in a storm",
        Size = new VideoSize(1280, 720),
        Duration = TimeSpan.FromSeconds(4),
        ExpectedCost = 1,
    };
}
