using VideoGen.Domain.Providers;
using static VideoGen.Domain.Jobs.RecoveryVerdict;

namespace VideoGen.Domain.Jobs;

/// <summary>
/// The one table of what people may do to a job in each state. A test goes through every action and every state.
/// </summary>
public static class RecoveryRules
{
    /// <summary>Longest provider job id that can be kept.</summary>
    public const int MaxProviderJobIdLength = 512;

    /// <summary>Longest reason that a person can give.</summary>
    public const int MaxReasonLength = 300;

    private const string AnswerFound = "The provider has accepted it after all. Check now.";
    private const string MayPayTwice = "The provider may have started it. If it has, it is charged twice.";

    /// <param name="action">What is to be done.</param>
    /// <param name="job">The job with its attempts.</param>
    /// <param name="lookup">How a lost submission is found again at its provider.</param>
    /// <param name="now">The present instant.</param>
    public static RecoveryVerdict Of(RecoveryAction action, GenerationJob job, SubmissionLookup lookup, DateTimeOffset now) => action switch
    {
        RecoveryAction.CheckNow => CheckNow(job, lookup),
        RecoveryAction.Reset => Reset(job, now),
        RecoveryAction.Retry => Retry(job),
        RecoveryAction.Cancel => job.Status.IsActive() ? Allowed : Refused("This job has already ended."),
        RecoveryAction.Adopt => Decide(job, Allowed),
        RecoveryAction.SubmitAgain => Decide(job, OnlyByForce(MayPayTwice)),
        RecoveryAction.GiveUp => Decide(job, Allowed),
    };

    /// <summary>Whether the action, where it is done, sends the job to its provider again.</summary>
    public static bool Sends(RecoveryAction action, GenerationJob job) => action switch
    {
        RecoveryAction.Retry => !job.MayStillBeThere,
        RecoveryAction.SubmitAgain => true,
        RecoveryAction.CheckNow or RecoveryAction.Reset or RecoveryAction.Cancel or RecoveryAction.Adopt or RecoveryAction.GiveUp => false,
    };

    /// <summary>
    /// Whether a text that somebody typed can be a provider's id of a job. It becomes part of an address: nothing in it may lead elsewhere.
    /// </summary>
    public static bool CanBeProviderJobId(string text) =>
        text.Length is > 0 and <= MaxProviderJobIdLength
        && text.All(character => char.IsAsciiLetterOrDigit(character) || "-_./|".Contains(character, StringComparison.Ordinal))
        && !text.Split('/', '|').Any(part => part is "" or "." or "..");

    private static RecoveryVerdict CheckNow(GenerationJob job, SubmissionLookup lookup) => job.Status switch
    {
        JobStatus.Queued => Refused("It waits for its turn. Nothing has been sent yet."),
        JobStatus.Submitting => Refused("It is being sent just now."),
        JobStatus.Unconfirmed when lookup is SubmissionLookup.None && job.AnswerLeftBehind is null =>
            Refused("The provider cannot be looked through for it. Decide what became of it."),
        JobStatus.Unconfirmed or JobStatus.Generating or JobStatus.Saving => Allowed,
        JobStatus.Completed => Refused("This job is done."),
        JobStatus.Failed => job.MayStillBeThere ? Allowed : Refused("The provider has nothing more of this job."),
        JobStatus.Cancelled => Refused("This job was stopped. Retry runs it again."),
    };

    private static RecoveryVerdict Reset(GenerationJob job, DateTimeOffset now) => job.Status switch
    {
        JobStatus.Queued => Refused("Nothing has been sent yet, so there is nothing to reset."),
        // An answer that is about to be written is never fenced off.
        JobStatus.Submitting when job.LeaseUntil > now => Refused("It is being sent just now. Wait for the answer."),
        JobStatus.Submitting or JobStatus.Unconfirmed => job.AnswerLeftBehind is null ? OnlyByForce(MayPayTwice) : Refused(AnswerFound),
        JobStatus.Generating => Allowed,
        JobStatus.Saving => Refused("The provider has finished it, and its video is being saved."),
        JobStatus.Completed => Refused("Cannot reset completed generation"),
        JobStatus.Failed => job.MayHaveBeenAccepted ? OnlyByForce(MayPayTwice) : Allowed,
        JobStatus.Cancelled => Refused(job.ResetAt is null ? "This job was stopped. Retry runs it again." : "It is ready to run again already."),
    };

    private static RecoveryVerdict Retry(GenerationJob job) => job.Status switch
    {
        JobStatus.Queued or JobStatus.Submitting or JobStatus.Unconfirmed or JobStatus.Generating or JobStatus.Saving =>
            Refused("This job is running."),
        JobStatus.Completed => Refused("This job is done."),
        JobStatus.Failed or JobStatus.Cancelled => job.MayHaveBeenAccepted ? OnlyByForce(MayPayTwice) : Allowed,
    };

    private static RecoveryVerdict Decide(GenerationJob job, RecoveryVerdict verdict) =>
        job.Status is not JobStatus.Unconfirmed ? Refused("This job is not unconfirmed.")
        : job.AnswerLeftBehind is not null ? Refused(AnswerFound)
        : verdict;
}
