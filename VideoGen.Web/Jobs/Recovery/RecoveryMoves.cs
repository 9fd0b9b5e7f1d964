using VideoGen.Domain.Jobs;
using VideoGen.Web.Engine;

namespace VideoGen.Web.Jobs.Recovery;

/// <summary>What each action does to a job that the rules have let it be done to. The caller writes the change.</summary>
internal sealed class RecoveryMoves(
    ResetMove reset, ProviderRequests requests, ProviderLook look, JobSchedule schedule, TimeProvider clock)
{
    /// <summary>For how long a person who asks the same again is not put down again.</summary>
    public static readonly TimeSpan SameWishFor = TimeSpan.FromMinutes(1);

    /// <summary>Also answers "refused", where that is known only after asking the provider; then the job is as it was.</summary>
    public async Task<RecoveryResult> RunAsync(GenerationJob job, RecoveryOrder order, JobActor actor, CancellationToken cancellationToken)
    {
        switch (order.Action)
        {
            case RecoveryAction.Reset:
                return await reset.RunAsync(job, order, actor, cancellationToken);
            case RecoveryAction.Adopt:
                return await AdoptAsync(job, order, actor, cancellationToken);
            case RecoveryAction.CheckNow:
                LookNow(job, order, actor);
                break;
            case RecoveryAction.Retry:
                SetGoing(job, order, actor);
                break;
            case RecoveryAction.Cancel:
                NoteWish(job, order, actor);
                break;
            case RecoveryAction.SubmitAgain:
                job.SubmitAgain(RecoveryTexts.Of("Sent again, though it may be charged twice.", order.Why), clock.GetUtcNow(), actor);
                break;
            case RecoveryAction.GiveUp:
                GiveUp(job, order, actor);
                break;
        }

        return new RecoveryResult(job.Id, RecoveryOutcome.Done);
    }

    /// <summary>The refusal of an id that another job has; <see langword="null"/> when none has it.</summary>
    public async Task<RecoveryResult?> FindTakenAsync(GenerationJob job, RecoveryOrder order, CancellationToken cancellationToken) =>
        await requests.IsKnownAsync(job.ProviderId, IdOf(order), cancellationToken)
            ? new RecoveryResult(job.Id, RecoveryOutcome.Refused, "This provider job belongs to another job.")
            : null;

    private static string IdOf(RecoveryOrder order) => order.ProviderJobId!.Trim();

    private async Task<RecoveryResult> AdoptAsync(GenerationJob job, RecoveryOrder order, JobActor actor, CancellationToken cancellationToken)
    {
        if (await FindTakenAsync(job, order, cancellationToken) is { } taken)
        {
            return taken;
        }

        var id = IdOf(order);
        var sight = await look.AtAsync(job.ProviderId, id, cancellationToken);
        if (sight.Job is null)
        {
            return new RecoveryResult(
                job.Id,
                RecoveryOutcome.Refused,
                sight.Trouble is { } trouble ? $"The provider cannot be asked about it. {trouble}" : "The provider knows no job with this id.");
        }

        var now = clock.GetUtcNow();
        job.Accept(id, RecoveryTexts.Of("Its provider job was named.", order.Why), now, actor);
        job.WasAsked(now);
        return new RecoveryResult(job.Id, RecoveryOutcome.Done);
    }

    private void LookNow(GenerationJob job, RecoveryOrder order, JobActor actor)
    {
        if (job.Status is JobStatus.Failed)
        {
            Resume(job, order, actor);
            return;
        }

        var now = clock.GetUtcNow();
        var wish = RecoveryTexts.Of("Asked to look now.", order.Why);
        if (!job.Events.Any(entry => entry.At > now - SameWishFor && IsSame(entry)))
        {
            job.Remark(wish, now, actor);
        }

        bool IsSame(JobEvent entry) => entry.To == job.Status && entry.Actor == actor && string.Equals(entry.Reason, wish, StringComparison.Ordinal);
    }

    private void SetGoing(GenerationJob job, RecoveryOrder order, JobActor actor)
    {
        if (job.MayStillBeThere)
        {
            Resume(job, order, actor);
            return;
        }

        var what = job.MayHaveBeenAccepted ? "Run again, though it may be charged twice." : "Run again";
        job.Retry(clock.GetUtcNow(), actor, RecoveryTexts.Of(what, order.Why));
    }

    private void Resume(GenerationJob job, RecoveryOrder order, JobActor actor)
    {
        var now = clock.GetUtcNow();
        if (job.ResultCount > 0)
        {
            job.ResumeSaving(RecoveryTexts.Of("Store it again", order.Why), now, actor);
        }
        else
        {
            job.ResumeGenerating(RecoveryTexts.Of("Look again", order.Why), now, actor, schedule.EarliestLookAt(job));
        }
    }

    // Asking twice is the same as asking once.
    private void NoteWish(GenerationJob job, RecoveryOrder order, JobActor actor)
    {
        if (job.CancelRequestedAt is null)
        {
            job.Remark(RecoveryTexts.Of("Asked to stop it.", order.Why), clock.GetUtcNow(), actor);
        }
    }

    private void GiveUp(GenerationJob job, RecoveryOrder order, JobActor actor)
    {
        var message = RecoveryTexts.Of("Given up. Whether the provider has started it is not known.", order.Why);
        job.Fail(new JobFailure(FailureKind.Unconfirmed, message), clock.GetUtcNow(), actor: actor);
    }
}
