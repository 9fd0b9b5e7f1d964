using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;
using VideoGen.Web.LiveUpdates;
using VideoGen.Web.Media;

namespace VideoGen.Web.Repair;

/// <summary>Adds the row of a video that its completed job lacks, from its file, under the job's lease.</summary>
internal sealed class LostRow(
    IDbContextFactory<AppDbContext> contexts, LostFile files, MediaProbe probe, MissingPoster posters, JobLeases leases, JobUpdates updates, TimeProvider clock)
{
    public async Task<LostRowResult> TryMendAsync(LostResult result, CancellationToken cancellationToken)
    {
        using var copy = await files.TryTakeAsync(result, cancellationToken);
        if (copy is null)
        {
            return LostRowResult.NoFile;
        }

        var examined = await probe.ProbeAsync(copy.Path, cancellationToken);
        if (examined.Facts is not { } facts || !await posters.EnsureAsync(result.PosterKey, copy.Path, facts.Duration, cancellationToken))
        {
            return LostRowResult.NoVideo;
        }

        var file = new StoredFile(result.Key, result.PosterKey, copy.Digest.Length, copy.Digest.Sha256);
        return await TryAddAsync(result.JobId, result.Index, file, facts, cancellationToken) ? LostRowResult.Added : LostRowResult.Left;
    }

    private async Task<bool> TryAddAsync(Guid jobId, int index, StoredFile file, MediaFacts facts, CancellationToken cancellationToken)
    {
        if (await leases.TryTakeAsync(jobId, cancellationToken) is not { } lease)
        {
            return false;
        }

        try
        {
            await using var work = await JobWork.OpenAsync(contexts, lease, updates, cancellationToken);
            var job = work.Job;
            var isLacking = job is { Status: JobStatus.Completed, CompletedAt: not null }
                && !await work.Database.Videos.AnyAsync(video => video.JobId == jobId && video.Index == index, cancellationToken);
            if (isLacking)
            {
                // It was made when its job was completed, and stands there in the gallery.
                work.Database.Videos.Add(new Video(job.Id, job.OwnerId, index, file, facts, job.CompletedAt!.Value));
                job.Remark("The repair found the video in the store and added it to the gallery", clock.GetUtcNow(), JobActor.Poller);
            }

            job.ReleaseLease();
            await work.CommitAsync(CancellationToken.None);
            return isLacking;
        }
        catch (LeaseLostException)
        {
            // Somebody works on it: the next round looks again.
            return false;
        }
        catch
        {
            await leases.ReleaseAsync(lease);
            throw;
        }
    }
}

/// <summary>What became of a row that was missing.</summary>
internal enum LostRowResult
{
    /// <summary>It is there now.</summary>
    Added,

    /// <summary>Somebody else works on the job; nothing is said about it.</summary>
    Left,

    /// <summary>There is no file to make it from.</summary>
    NoFile,

    /// <summary>There is a file, but no video in it.</summary>
    NoVideo,
}
