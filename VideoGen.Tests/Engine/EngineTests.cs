using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Tests.Providers;

namespace VideoGen.Tests.Engine;

/// <summary>Base of tests that drive the engine step by step. Each begins with an empty jobs table and its own clock.</summary>
public abstract class EngineTests(TestDatabase database) : DatabaseTests(database)
{
    private readonly List<EngineHarness> _engines = [];

    private protected TestClock Clock { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await using var db = await Database.Contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Videos.ExecuteDeleteAsync();
        await db.Jobs.ExecuteDeleteAsync();
        await transaction.CommitAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    /// <summary>A process of the application; see <see cref="EngineHarness"/>.</summary>
    private protected EngineHarness Start(
        TestVideoProvider? provider = null, VideoModel? model = null, IReadOnlyDictionary<string, string?>? settings = null, TimeProvider? clock = null)
    {
        var engine = new EngineHarness(Database, provider ?? new TestVideoProvider(), clock ?? Clock, model, settings);
        _engines.Add(engine);
        return engine;
    }

    private protected EngineHarness Start(ProviderCapabilities capabilities) => Start(new TestVideoProvider { Capabilities = capabilities });

    /// <summary>Stores a job that went the usual way to this status.</summary>
    protected Task<GenerationJob> AddAsync(JobStatus status, Guid? ownerId = null) =>
        Database.AddAsync(JobSamples.In(status, ownerId ?? OwnerId));

    protected Task<GenerationJob> ReadAsync(Guid jobId) => Database.ReadAsync(jobId);

    /// <summary>Leaves the job in the hands of a process, as one that died while working on it does.</summary>
    protected async Task LeaseAsync(Guid jobId, string owner, DateTimeOffset until)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        DateTimeOffset? end = until;
        await db.Jobs.Where(job => job.Id == jobId).ExecuteUpdateAsync(set => set
            .SetProperty(job => job.LeaseOwner, owner)
            .SetProperty(job => job.LeaseUntil, end)
            .SetProperty(job => job.Epoch, job => job.Epoch + 1));
        await transaction.CommitAsync();
    }

    /// <summary>Notes the owner's wish, as the command does.</summary>
    protected async Task AskToCancelAsync(Guid jobId)
    {
        await using var db = await Database.Contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        DateTimeOffset? now = Clock.Now;
        await db.Jobs.Where(job => job.Id == jobId).ExecuteUpdateAsync(set => set.SetProperty(job => job.CancelRequestedAt, now));
        await transaction.CommitAsync();
    }

    /// <summary>The provider cannot just now, and nothing was made.</summary>
    private protected static VideoProviderException Busy(TimeSpan? retryAfter = null) =>
        new(FailureKind.RateLimited, "The provider is busy.", "429") { IsTransient = true, RetryAfter = retryAfter };

    /// <summary>The provider says no, for good.</summary>
    private protected static VideoProviderException No(FailureKind kind = FailureKind.Moderated) => new(kind, "The provider said no.", "raw words");

    private protected static ProviderCapabilities Capabilities(
        SubmissionLookup lookup = SubmissionLookup.None, bool canCancel = true, int places = 100) => new()
        {
            Address = "http://provider.test",
            CanCancel = canCancel,
            SubmissionLookup = lookup,
            MaxConcurrentJobs = places,
        };
}
