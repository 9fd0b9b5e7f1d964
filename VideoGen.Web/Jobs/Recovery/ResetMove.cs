using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Engine;

namespace VideoGen.Web.Jobs.Recovery;

/// <summary>
/// Resets a job that the rules let be reset: looks at the provider job once more, and keeps its video if there is one. What might be
/// lost or paid for twice is forgotten only by force.
/// </summary>
internal sealed class ResetMove(ProviderLook look, TimeProvider clock)
{
    /// <summary>Moves the job, whose change the caller writes.</summary>
    public async Task<RecoveryResult> RunAsync(GenerationJob job, RecoveryOrder order, JobActor actor, CancellationToken cancellationToken)
    {
        // A job that was released there has failed there, and nothing is left to look at.
        if (job is not { ProviderJobId: { } id, ReleasedAt: null })
        {
            return Forget(job, order, actor, what: null);
        }

        var sight = await look.AtAsync(job.ProviderId, id, cancellationToken);
        if (sight.Job is { State: ProviderJobState.Finished } finished && !IsKnownToBeNoVideo(job, order))
        {
            Keep(job, finished, actor);
            return new RecoveryResult(job.Id, RecoveryOutcome.Kept);
        }

        if (ObstacleTo(job, sight) is { } obstacle && !order.Force)
        {
            return new RecoveryResult(job.Id, RecoveryOutcome.Refused, obstacle, ForceWouldDo: true);
        }

        return Forget(job, order, actor, await EndThereAsync(job, id, sight, cancellationToken));
    }

    // What was fetched once and found unplayable would be fetched for ever.
    private static bool IsKnownToBeNoVideo(GenerationJob job, RecoveryOrder order) => order.Force && job.FailureKind is FailureKind.BadMedia;

    private void Keep(GenerationJob job, ProviderJob finished, JobActor actor)
    {
        var now = clock.GetUtcNow();
        if (job.Status is JobStatus.Failed)
        {
            job.ResumeGenerating("To be reset, but the provider has finished it: its video is kept", now, actor);
        }

        job.FinishGenerating(finished.RawStatus, finished.ResultCount, now, actor);
    }

    private string? ObstacleTo(GenerationJob job, ProviderSight sight) => sight switch
    {
        { Trouble: { } trouble } => $"The provider cannot be asked about it. {trouble}",
        // The engine does not believe one such answer either, while the job may be running.
        { IsUnknown: true } => job.Status is JobStatus.Generating && !CheckStep.IsUnknownBelieved(job, clock.GetUtcNow())
            ? "The provider says that it does not know it, which may be a mistake. It is asked again soon."
            : null,
        { Job.State: ProviderJobState.Waiting or ProviderJobState.Running } =>
            job.Status is JobStatus.Failed ? "The provider is still making it. Check now." : "The provider is still making it. Wait, or cancel it.",
        _ => null,
    };

    private async Task<string> EndThereAsync(GenerationJob job, string id, ProviderSight sight, CancellationToken cancellationToken) => sight switch
    {
        { Trouble: not null } => "The provider could not be asked about it.",
        { IsUnknown: true } => "The provider does not know it.",
        { Job.State: ProviderJobState.Waiting or ProviderJobState.Running } => await look.TryStopAsync(job.ProviderId, id, cancellationToken)
            ? "The provider was told to stop."
            : "The provider could not be told to stop, and may still charge for it.",
        { Job.State: ProviderJobState.Finished } => "What the provider has made is no playable video.",
        _ => "The provider has stopped making it.",
    };

    private RecoveryResult Forget(GenerationJob job, RecoveryOrder order, JobActor actor, string? what)
    {
        var now = clock.GetUtcNow();
        if (job.Status is JobStatus.Submitting)
        {
            job.LoseAnswer("Whoever was sending it is gone. The provider may or may not have started it.", now);
        }

        job.Reset(RecoveryTexts.Of(order.Force ? "Reset by force." : "Reset.", what, order.Why), now, actor);
        return new RecoveryResult(job.Id, RecoveryOutcome.Done);
    }
}
