using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Progress;

namespace VideoGen.Web.Jobs;

/// <summary>Makes the rows that pages show out of stored jobs: names, health, progress and place in the queue.</summary>
internal sealed class JobRows(ModelCatalogue catalogue, UsualTimesQuery usualTimes, WaitingLineQuery waitingLine, TimeProvider clock)
{
    // Only for a job whose model has left the catalogue.
    private static readonly TimeSpan StuckAfterUnknown = TimeSpan.FromMinutes(15);

    public async Task<IReadOnlyList<JobRow>> FromAsync(IReadOnlyList<GenerationJob> jobs, CancellationToken cancellationToken)
    {
        var waiting = jobs.Where(job => job.Status is JobStatus.Queued).Select(job => job.ProviderId).Distinct(StringComparer.Ordinal).ToList();
        var places = await waitingLine.RunAsync(waiting, cancellationToken);
        var rows = new List<JobRow>(jobs.Count);
        foreach (var job in jobs)
        {
            var usual = await usualTimes.RunAsync(job.ProviderId, job.ModelId, job.Duration, cancellationToken);
            rows.Add(ToRow(job, usual, places.TryGetValue(job.Id, out var place) ? place : null));
        }

        return rows;
    }

    private JobRow ToRow(GenerationJob job, UsualTime usual, QueuePlace? place)
    {
        var now = clock.GetUtcNow();
        var model = catalogue.Find(job.ProviderId, job.ModelId);
        return new JobRow
        {
            Id = job.Id,
            Prompt = job.Prompt,
            ProviderName = model?.ProviderName ?? job.ProviderId,
            ModelName = model?.Name ?? job.ModelId,
            Size = job.Size,
            Duration = job.Duration,
            FrameRate = job.FrameRate,
            Seed = job.Seed,
            Cost = job.Cost ?? job.ExpectedCost,
            HasReferenceImage = job.ReferenceImageKey is not null,
            Status = job.Status,
            Health = JobHealthRules.Of(job, usual.Max, model?.StuckAfter ?? StuckAfterUnknown, now),
            IsReset = job.ResetAt is not null,
            MayStillBeThere = job.MayStillBeThere,
            MayHaveBeenAccepted = job.MayHaveBeenAccepted,
            Progress = job is { Status: JobStatus.Generating, GeneratingAt: { } since } ? ProgressRules.Of(job.Progress, now - since, usual) : null,
            Place = place,
            Usual = usual,
            CancelRequested = job.CancelRequestedAt is not null,
            Setbacks = job.Setbacks,
            NotBefore = job.NotBefore,
            FailureKind = job.FailureKind,
            FailureMessage = job.FailureMessage,
            LateChecksUntil = job.LateChecksUntil,
            CreatedAt = job.CreatedAt,
            QueuedAt = job.QueuedAt,
            SubmittedAt = job.SubmittedAt,
            GeneratingAt = job.GeneratingAt,
            SavingAt = job.SavingAt,
            CompletedAt = job.CompletedAt,
            StatusChangedAt = job.StatusChangedAt,
            LastProgressAt = job.LastProgressAt,
            Now = now,
        };
    }
}
