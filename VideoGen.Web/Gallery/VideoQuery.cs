using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Prompts;
using VideoGen.Web.Data;
using VideoGen.Web.Jobs;

namespace VideoGen.Web.Gallery;

/// <summary>Everything that the page of one video shows.</summary>
internal sealed class VideoQuery(IDbContextFactory<AppDbContext> contexts, ModelCatalogue catalogue, RemixQuery remixes)
{
    /// <returns><see langword="null"/> when the person has no such video.</returns>
    public async Task<VideoDetails?> RunAsync(Guid ownerId, Guid videoId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = db.Videos.AsNoTracking().Where(video => video.OwnerId == ownerId);
        var video = await own.SingleOrDefaultAsync(entry => entry.Id == videoId, cancellationToken);
        if (video is null)
        {
            return null;
        }

        var job = await db.Jobs.AsNoTracking().SingleAsync(entry => entry.Id == video.JobId, cancellationToken);
        var model = catalogue.Find(job.ProviderId, job.ModelId);
        var newer = own.Where(entry => entry.CreatedAt > video.CreatedAt || (entry.CreatedAt == video.CreatedAt && entry.Id.CompareTo(video.Id) > 0));
        var older = own.Where(entry => entry.CreatedAt < video.CreatedAt || (entry.CreatedAt == video.CreatedAt && entry.Id.CompareTo(video.Id) < 0));
        return new VideoDetails
        {
            Id = video.Id,
            JobId = job.Id,
            Prompt = job.Prompt,
            OriginalPrompt = job.OriginalPrompt,
            RemixOf = await RemixOrigins.ReadAsync(db, job, cancellationToken),
            CanBeRemixed = remixes.ModelFor(job) is not null,
            ProviderName = model?.ProviderName ?? job.ProviderId,
            ModelName = model?.Name ?? job.ModelId,
            Size = new VideoSize(video.Width, video.Height),
            FrameRate = video.FrameRate,
            Codec = video.Codec,
            HasSound = video.HasSound,
            Duration = video.Duration,
            SizeBytes = video.SizeBytes,
            Seed = job.Seed,
            HasReferenceImage = job.ReferenceImageKey is not null,
            Cost = job.Cost,
            Took = job.CompletedAt - job.QueuedAt,
            Waited = job.SubmittedAt - job.QueuedAt,
            CreatedAt = video.CreatedAt,
            Number = await newer.CountAsync(cancellationToken) + 1,
            Total = await own.CountAsync(cancellationToken),
            Newer = await NeighbourAsync(db, newer.OrderBy(entry => entry.CreatedAt).ThenBy(entry => entry.Id), cancellationToken),
            Older = await NeighbourAsync(db, older.OrderByDescending(entry => entry.CreatedAt).ThenByDescending(entry => entry.Id), cancellationToken),
            BatchJobIds = await db.Jobs.Where(entry => entry.BatchId == job.BatchId).Select(entry => entry.Id).ToListAsync(cancellationToken),
            Together = await TogetherAsync(db, own, job, cancellationToken),
            History = await JobHistory.ReadAsync(db, job.Id, cancellationToken),
        };
    }

    private static async Task<VideoNeighbour?> NeighbourAsync(AppDbContext db, IOrderedQueryable<Video> inOrder, CancellationToken cancellationToken)
    {
        var found = await inOrder
            .Take(1)
            .Select(entry => new { entry.Id, Prompt = db.Jobs.Where(job => job.Id == entry.JobId).Select(job => job.Prompt).First() })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new VideoNeighbour(found.Id, PromptText.TitleOf(found.Prompt));
    }

    private static async Task<IReadOnlyList<VideoSibling>> TogetherAsync(
        AppDbContext db, IQueryable<Video> own, GenerationJob job, CancellationToken cancellationToken)
    {
        var found = await own
            .Join(db.Jobs.Where(entry => entry.BatchId == job.BatchId), entry => entry.JobId, entry => entry.Id, (entry, from) => new { entry.Id, entry.Duration, from.BatchIndex, entry.Index })
            .OrderBy(entry => entry.BatchIndex)
            .ThenBy(entry => entry.Index)
            .ToListAsync(cancellationToken);
        return [.. found.Select((entry, index) => new VideoSibling(entry.Id, index + 1, entry.Duration))];
    }
}

/// <summary>One video with where it comes from.</summary>
public sealed record VideoDetails
{
    public required Guid Id { get; init; }

    public required Guid JobId { get; init; }

    public required string Prompt { get; init; }

    /// <summary>What the person wrote before it was refined, or <see langword="null"/>.</summary>
    public string? OriginalPrompt { get; init; }

    /// <summary>What it remakes, or <see langword="null"/> when it is no remix.</summary>
    public RemixOrigin? RemixOf { get; init; }

    /// <summary>Whether its model can remake it with another prompt.</summary>
    public bool CanBeRemixed { get; init; }

    public required string ProviderName { get; init; }

    public required string ModelName { get; init; }

    /// <summary>As measured in the file, like the six after it.</summary>
    public required VideoSize Size { get; init; }

    public required double FrameRate { get; init; }

    public required string Codec { get; init; }

    public required bool HasSound { get; init; }

    public required TimeSpan Duration { get; init; }

    public required long SizeBytes { get; init; }

    public long? Seed { get; init; }

    public bool HasReferenceImage { get; init; }

    public decimal? Cost { get; init; }

    /// <summary>From the queue to the kept file.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>How much of that was waiting for its turn.</summary>
    public TimeSpan? Waited { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>1 for the newest of the person's videos.</summary>
    public required int Number { get; init; }

    public required int Total { get; init; }

    public VideoNeighbour? Newer { get; init; }

    public VideoNeighbour? Older { get; init; }

    /// <summary>The jobs that were asked for together, finished or not.</summary>
    public required IReadOnlyList<Guid> BatchJobIds { get; init; }

    /// <summary>The finished videos that were asked for together, this one included.</summary>
    public required IReadOnlyList<VideoSibling> Together { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<HistoryEntry> History { get; init; }

    public string Title => PromptText.TitleOf(Prompt);
}

/// <summary>The next video in one direction.</summary>
public sealed record VideoNeighbour(Guid Id, string Title);

/// <param name="Id">The video.</param>
/// <param name="Number">1 for the first of those that were asked for together.</param>
/// <param name="Duration">Its length.</param>
public sealed record VideoSibling(Guid Id, int Number, TimeSpan Duration);
