using System.Data.Common;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Web.Saving;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Engine;

/// <summary>
/// Brings a finished result home, and completes the job together with the rows of its videos in one transaction: there is
/// no moment at which one exists without the other.
/// </summary>
internal sealed partial class SaveStep(
    ResultSaver saver,
    ReleaseResults releases,
    JobLeases leases,
    ModelCatalogue catalogue,
    IOptions<EngineOptions> options,
    TimeProvider clock,
    ILogger<SaveStep> logger) : IDisposable
{
    // A file may lag behind its job by seconds; what is not there after these waits is asked for in a slow rhythm. R-21 names them.
    private static readonly TimeSpan[] ResultWaits =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)];

    // With the engine's own rhythm on top it stays below a minute.
    private static readonly TimeSpan LongestStoreWait = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan LongResultWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan DefaultExpiry = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim _places = new(options.Value.MaxParallelSaves);

    public async Task<StepOutcome> RunAsync(JobWork work, IVideoProvider provider, CancellationToken cancellationToken)
    {
        // Waiting here would hold one of the engine's steps; the trigger comes back instead.
        if (!await _places.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return StepOutcome.Later;
        }

        try
        {
            CrashPoint.Reach(CrashPoint.SavingBegun);
            var files = await SaveAsync(work, provider, cancellationToken);
            await CompleteAsync(work, provider, files, cancellationToken);
            return StepOutcome.Ended;
        }
        catch (MediaRejectedException ex)
        {
            work.Job.Fail(new JobFailure(FailureKind.BadMedia, $"The provider's file cannot be played: {ex.Message}"), clock.GetUtcNow());
            return StepOutcome.Ended;
        }
        catch (VideoStoreException ex)
        {
            LogStoreFailed(ex, work.Job.Id, ex.Fault);
            return PostponeForStore(work.Job, ex.Fault);
        }
        catch (VideoProviderException ex) when (ex.IsResultMissing || ex.Kind is FailureKind.LostAtProvider)
        {
            return AwaitResult(work.Job, ex);
        }
        catch (VideoProviderException ex) when (ex.IsTransient && !IsGivenUp(work.Job))
        {
            return Postpone(work.Job, ex.Message, ex.RetryAfter);
        }
        catch (VideoProviderException ex)
        {
            work.Job.Fail(FailureTexts.Of(work.Job, ex), clock.GetUtcNow());
            return StepOutcome.Ended;
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<IReadOnlyList<SavedFile>> SaveAsync(JobWork work, IVideoProvider provider, CancellationToken cancellationToken)
    {
        try
        {
            return await SaveUnderLeaseAsync(work, provider, cancellationToken);
        }
        catch (MediaRejectedException ex)
        {
            // The check may have seen a broken download; twice is the provider's fault.
            work.Job.Remark($"{ex.Message} It was fetched once more.", clock.GetUtcNow(), JobActor.Poller);
            return await SaveUnderLeaseAsync(work, provider, cancellationToken);
        }
    }

    // Whoever no longer holds the job must not touch what its successor may have stored and told of.
    private async Task ConfirmLeaseAsync(JobLease lease, CancellationToken cancellationToken)
    {
        if (!await leases.RenewAsync(lease, options.Value.Lease, cancellationToken))
        {
            throw new LeaseLostException(lease.JobId);
        }
    }

    private async Task<IReadOnlyList<SavedFile>> SaveUnderLeaseAsync(JobWork work, IVideoProvider provider, CancellationToken cancellationToken)
    {
        using var saving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewing = RenewAsync(work.Lease, saving);
        try
        {
            return await saver.SaveAsync(work.Job, provider, work.Job.ResultCount, token => ConfirmLeaseAsync(work.Lease, token), saving.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LeaseLostException(work.Job.Id);
        }
        finally
        {
            await saving.CancelAsync();
            await renewing;
        }
    }

    // A large file takes longer than a lease. A lost lease stops the saving: somebody else does it.
    private async Task RenewAsync(JobLease lease, CancellationTokenSource saving)
    {
        var duration = options.Value.Lease;
        var heldUntil = clock.GetUtcNow() + duration;
        try
        {
            using var timer = new PeriodicTimer(duration / 3, clock);
            while (await timer.WaitForNextTickAsync(saving.Token))
            {
                heldUntil = await TryRenewAsync(lease, duration, heldUntil, saving.Token);
                if (heldUntil <= clock.GetUtcNow())
                {
                    await saving.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Saved, or stopped.
        }
    }

    // A database that cannot be reached for a moment takes nothing away: the lease still has most of its time.
    private async Task<DateTimeOffset> TryRenewAsync(JobLease lease, TimeSpan duration, DateTimeOffset heldUntil, CancellationToken cancellationToken)
    {
        try
        {
            var now = clock.GetUtcNow();
            return await leases.RenewAsync(lease, duration, cancellationToken) ? now + duration : now;
        }
        catch (DbException ex)
        {
            LogNotRenewed(ex, lease.JobId);
            return heldUntil;
        }
    }

    private async Task CompleteAsync(JobWork work, IVideoProvider provider, IReadOnlyList<SavedFile> files, CancellationToken cancellationToken)
    {
        CrashPoint.Reach(CrashPoint.Stored);
        var now = clock.GetUtcNow();
        var job = work.Job;
        work.Database.Videos.AddRange(files.Select(saved => new Video(job.Id, job.OwnerId, saved.Index, saved.File, saved.Facts, now)));
        job.Complete("Saved and checked", now);
        await work.CommitAsync(cancellationToken);

        CrashPoint.Reach(CrashPoint.Completed);
        saver.Release(job.Id);
        CrashPoint.Reach(CrashPoint.SpoolReleased);
        await releases.ReleaseAsync(job, provider, cancellationToken);
    }

    private TimeSpan ExpiryOf(GenerationJob job) => catalogue.Find(job.ProviderId, job.ModelId)?.ResultExpiresAfter ?? DefaultExpiry;

    // Not while the provider still keeps the result.
    private bool IsGivenUp(GenerationJob job) =>
        clock.GetUtcNow() - job.StatusChangedAt > new[] { options.Value.GiveUpAfter, ExpiryOf(job) }.Max();

    // Until the result would have expired: it is paid for.
    private StepOutcome AwaitResult(GenerationJob job, VideoProviderException ex)
    {
        var now = clock.GetUtcNow();
        if (now - (job.SavingAt ?? now) > ExpiryOf(job))
        {
            job.Fail(new JobFailure(FailureKind.LostAtProvider, "The provider finished it, but its file is gone.", FailureTexts.Discreet(job, ex.Detail)), now);
            return StepOutcome.Ended;
        }

        return Postpone(job, ex.Message, job.Setbacks < ResultWaits.Length ? ResultWaits[job.Setbacks] : LongResultWait);
    }

    // A store that has come back is not kept waiting as long as a provider would be: the result is here already.
    private StepOutcome PostponeForStore(GenerationJob job, StoreFault fault)
    {
        var wait = BackOff.After(job.Setbacks, asked: null, Random.Shared.NextDouble());
        return Postpone(job, $"{ReasonOf(fault)} The video waits on the server", wait < LongestStoreWait ? wait : LongestStoreWait);
    }

    private static string ReasonOf(StoreFault fault) => fault switch
    {
        StoreFault.Down => "The store cannot be used just now.",
        StoreFault.Full => "The store is full.",
        StoreFault.Credentials => "The store does not let us in; an administrator has to see to it.",
        StoreFault.Refused or StoreFault.Conflict => "The store does not take the file; an administrator has to see to it.",
    };

    private StepOutcome Postpone(GenerationJob job, string reason, TimeSpan? retryAfter)
    {
        var now = clock.GetUtcNow();
        if (job.Setbacks == 0)
        {
            job.Remark(reason, now, JobActor.Poller);
        }

        job.Postpone(now + BackOff.After(job.Setbacks, retryAfter, Random.Shared.NextDouble()));
        return StepOutcome.Later;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease on job {JobId} could not be renewed; it is tried again")]
    private partial void LogNotRenewed(Exception exception, Guid jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The result of job {JobId} could not be stored ({Fault}); it waits in the spool")]
    private partial void LogStoreFailed(Exception exception, Guid jobId, StoreFault fault);
}
