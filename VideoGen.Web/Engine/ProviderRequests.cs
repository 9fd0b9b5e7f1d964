using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Data;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Engine;

/// <summary>What goes to a provider for a job, and what is kept of it.</summary>
internal sealed partial class ProviderRequests(
    IVideoStore store, IDbContextFactory<AppDbContext> contexts, TimeProvider clock, ILogger<ProviderRequests> logger)
{
    // A database that is locked keeps each of them waiting for ten seconds: for five minutes in all, because the id is paid for and is
    // nowhere else where the provider does not list its jobs.
    private const int MostWrites = 30;

    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(1);

    /// <summary>The same for the same inputs, whatever the attempt.</summary>
    public static string HashOf(GenerationJob job) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        job.ProviderId,
        job.ModelId,
        job.Prompt,
        job.Width,
        job.Height,
        Milliseconds = (long)job.Duration.TotalMilliseconds,
        job.FrameRate,
        job.Seed,
        job.ReferenceImageKey,
        job.RemixOfProviderJobId,
    })));

    public VideoRequest Of(GenerationJob job, SubmissionAttempt attempt) => new()
    {
        SubmitKey = attempt.SubmitKey,
        ModelId = job.ModelId,
        Prompt = job.Prompt,
        Size = job.Size,
        Duration = job.Duration,
        FrameRate = job.FrameRate,
        Seed = job.Seed,
        ReferenceImage = job.ReferenceImageKey is { } key ? ReferenceOf(key) : null,
        RemixOf = job.RemixOfProviderJobId,
    };

    /// <summary>Keeps the id that an attempt was answered with when the job itself can no longer be written.</summary>
    public async Task RememberAnswerAsync(string submitKey, string providerJobId)
    {
        for (var time = 1; ; time++)
        {
            try
            {
                await WriteAnswerAsync(submitKey, providerJobId);
                return;
            }
            catch (DbException ex) when (time < MostWrites)
            {
                LogAnswerNotWritten(ex, submitKey, time);
                await Task.Delay(BetweenWrites, clock);
            }
        }
    }

    private async Task WriteAnswerAsync(string submitKey, string providerJobId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.SubmissionAttempts
            .Where(attempt => attempt.SubmitKey == submitKey && attempt.ProviderJobId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(attempt => attempt.ProviderJobId, providerJobId));
        await transaction.CommitAsync();
    }

    /// <summary>Whether one of our jobs, or one of their attempts, already has this provider job.</summary>
    public async Task<bool> IsKnownAsync(string providerId, string providerJobId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Jobs.AnyAsync(
            job => job.ProviderId == providerId
                && (job.ProviderJobId == providerJobId || job.Attempts.Any(attempt => attempt.ProviderJobId == providerJobId)),
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The answer to submission {SubmitKey} could not be written down at the {Time}. time; it is tried again")]
    private partial void LogAnswerNotWritten(Exception exception, string submitKey, int time);

    private ReferenceImage ReferenceOf(string key) => new(
        ReferenceImages.MediaTypeOf(key),
        async cancellationToken => await store.OpenReadAsync(key, cancellationToken)
            ?? throw new VideoProviderException(FailureKind.InputRefused, "The reference image is no longer there. Add it again."));
}
