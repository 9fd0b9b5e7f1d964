using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;
using VideoGen.Web.LiveUpdates;
using VideoGen.Web.Providers;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Jobs;

/// <summary>Accepts a person's request: one job for each variation, all or none.</summary>
internal sealed class CreateJobsCommand(
    IDbContextFactory<AppDbContext> contexts,
    ModelCatalogue catalogue,
    VideoProviders providers,
    ReferenceImages references,
    JobSchedule schedule,
    JobUpdates updates,
    TimeProvider clock)
{
    public async Task<CreateJobsResult> ExecuteAsync(Guid ownerId, GenerationRequest request, CancellationToken cancellationToken)
    {
        if (await EarlierAsync(ownerId, request, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        var now = clock.GetUtcNow();
        var model = UsableModelOf(request);
        var source = await SourceOfAsync(ownerId, request, cancellationToken);
        var problems = RequestRules.Check(request, model, DateOnly.FromDateTime(now.UtcDateTime), source);
        if (model is null || problems.Count > 0)
        {
            return CreateJobsResult.Refused(problems);
        }

        if (request.ReferenceImageKey is { } key && !await references.HoldsAsync(ownerId, key, cancellationToken))
        {
            return CreateJobsResult.Refused([new(RequestField.ReferenceImage, "The reference image is no longer there. Add it again.")]);
        }

        var jobs = OrdersOf(ownerId, request, model, source).Select(order => new GenerationJob(order, now)).ToList();
        try
        {
            await AddAsync(jobs, cancellationToken);
        }
        catch (DbUpdateException) when (request.RequestKey is not null)
        {
            // Most likely the same request, which was quicker by a moment.
            if (await EarlierAsync(ownerId, request, cancellationToken) is { } same)
            {
                return same;
            }

            throw;
        }

        foreach (var job in jobs)
        {
            updates.Publish(new JobChanged(job.Id, ownerId));
            await schedule.StartAsync(job.Id, CancellationToken.None);
        }

        return CreateJobsResult.Of([.. jobs.Select(job => job.Id)]);
    }

    private async Task AddAsync(IEnumerable<GenerationJob> jobs, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Jobs.AddRange(jobs);
        await db.SaveChangesAsync(cancellationToken);
    }

    // What became of the same request when it came before; null when it has not. Somebody else's jobs are not told of.
    private async Task<CreateJobsResult?> EarlierAsync(Guid ownerId, GenerationRequest request, CancellationToken cancellationToken)
    {
        if (request.RequestKey is not { } key)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var jobs = await db.Jobs.AsNoTracking().Where(job => job.BatchId == key).OrderBy(job => job.BatchIndex).ToListAsync(cancellationToken);
        if (jobs.Count == 0)
        {
            return null;
        }

        var isSame = jobs.Count == request.Variations && jobs.TrueForAll(job => job.OwnerId == ownerId && AsksTheSame(request, job));
        return isSame
            ? CreateJobsResult.Of([.. jobs.Select(job => job.Id)])
            : CreateJobsResult.Refused([new(RequestField.RequestKey, "This key has been used for another request. Send this one under a key of its own.")]);
    }

    // What the server chose where nothing was said is not the asker's.
    private static bool AsksTheSame(GenerationRequest request, GenerationJob job) =>
        (request.ProviderId, request.ModelId, request.Prompt.Trim(), OriginalOf(request)) == (job.ProviderId, job.ModelId, job.Prompt, job.OriginalPrompt)
        && (request.Size, request.Duration, request.FrameRate ?? job.FrameRate) == (job.Size, job.Duration, job.FrameRate)
        && (request.ReferenceImageKey, request.RemixOf) == (job.ReferenceImageKey, job.RemixOfJobId)
        && (request.Seed is null || job.Seed is null || SeedOf(request.Seed, job.BatchIndex) == job.Seed);

    private static string? OriginalOf(GenerationRequest request) =>
        request.OriginalPrompt?.Trim() is { Length: > 0 } text && !string.Equals(text, request.Prompt.Trim(), StringComparison.Ordinal) ? text : null;

    // As this installation can use it; null when it cannot.
    private VideoModel? UsableModelOf(GenerationRequest request)
    {
        var model = catalogue.Find(request.ProviderId, request.ModelId);
        return model is null || providers.Find(model.ProviderId) is null ? null : model with { CanRemix = providers.CanRemix(model) };
    }

    // Somebody else's job looks like a missing one.
    private async Task<GenerationJob?> SourceOfAsync(Guid ownerId, GenerationRequest request, CancellationToken cancellationToken)
    {
        if (request.RemixOf is not { } jobId)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Jobs.AsNoTracking().SingleOrDefaultAsync(job => job.Id == jobId && job.OwnerId == ownerId, cancellationToken);
    }

    private static IEnumerable<JobOrder> OrdersOf(Guid ownerId, GenerationRequest request, VideoModel model, GenerationJob? source)
    {
        var batchId = request.RequestKey ?? Guid.CreateVersion7();
        var prompt = request.Prompt.Trim();
        return Enumerable.Range(0, request.Variations).Select(index => new JobOrder
        {
            OwnerId = ownerId,
            BatchId = batchId,
            BatchIndex = index,
            ProviderId = model.ProviderId,
            ModelId = model.Id,
            Prompt = prompt,
            OriginalPrompt = OriginalOf(request),
            Size = request.Size,
            Duration = request.Duration,
            FrameRate = source is null ? request.FrameRate ?? (model.FrameRates is [var first, ..] ? first : null) : source.FrameRate,
            Seed = source is null && model.TakesSeed ? SeedOf(request.Seed, index) : null,
            ReferenceImageKey = request.ReferenceImageKey,
            Remix = source is null ? null : new RemixSource(source.Id, source.ProviderJobId!),
            ExpectedCost = model.Price.CostOf(request.Duration),
        });
    }

    // Variations of one seed would all be the same video, so each further one counts on from it.
    private static long SeedOf(long? seed, int index) =>
        seed is { } given ? (given + index) % (RequestRules.MaxSeed + 1) : RandomNumberGenerator.GetInt32(int.MaxValue);
}

/// <summary>What became of a request: either jobs, or everything that was wrong with it and nothing created.</summary>
public sealed record CreateJobsResult
{
    private CreateJobsResult(IReadOnlyList<Guid> jobIds, IReadOnlyList<RequestProblem> problems)
    {
        JobIds = jobIds;
        Problems = problems;
    }

    public IReadOnlyList<Guid> JobIds { get; }

    public IReadOnlyList<RequestProblem> Problems { get; }

    public bool Accepted => Problems.Count == 0;

    internal static CreateJobsResult Of(IReadOnlyList<Guid> jobIds) => new(jobIds, []);

    internal static CreateJobsResult Refused(IReadOnlyList<RequestProblem> problems) => new([], problems);
}
