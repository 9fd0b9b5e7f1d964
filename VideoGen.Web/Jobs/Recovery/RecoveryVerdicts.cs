using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Jobs.Recovery;

/// <summary>What <see cref="RecoveryRules"/> say here and now: with this installation's providers and models.</summary>
internal sealed class RecoveryVerdicts(VideoProviders providers, ModelCatalogue catalogue, TimeProvider clock)
{
    /// <param name="job">With its attempts.</param>
    public RecoveryVerdict Of(RecoveryAction action, GenerationJob job)
    {
        var now = clock.GetUtcNow();
        var lookup = providers.Find(job.ProviderId)?.Capabilities.SubmissionLookup ?? SubmissionLookup.None;
        var verdict = RecoveryRules.Of(action, job, lookup, now);
        return verdict.Permission is not RecoveryPermission.Refused && RecoveryRules.Sends(action, job) && !IsAvailable(job, now)
            ? RecoveryVerdict.Refused("This model is no longer available. Choose another one.")
            : verdict;
    }

    /// <summary>Why the order cannot be carried out for the job; <see langword="null"/> when it can, as far as can be told without asking its provider.</summary>
    public RecoveryResult? RefusalOf(RecoveryOrder order, GenerationJob job)
    {
        var verdict = Of(order.Action, job);
        return verdict.Permission switch
        {
            RecoveryPermission.Refused => new(job.Id, RecoveryOutcome.Refused, verdict.Reason),
            _ when order.Problem is { } problem => new(job.Id, RecoveryOutcome.Refused, problem),
            RecoveryPermission.OnlyByForce when !order.Force => new(job.Id, RecoveryOutcome.Refused, verdict.Reason, ForceWouldDo: true),
            _ => null,
        };
    }

    private bool IsAvailable(GenerationJob job, DateTimeOffset now) =>
        catalogue.Find(job.ProviderId, job.ModelId) is { } model && !model.Lifecycle.IsRetired(DateOnly.FromDateTime(now.UtcDateTime));
}
