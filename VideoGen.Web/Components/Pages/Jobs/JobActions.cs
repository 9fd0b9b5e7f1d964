using VideoGen.Domain.Jobs;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Jobs;

namespace VideoGen.Web.Components.Pages.Jobs;

/// <summary>What pages ask before they act on a job, and what they say afterwards.</summary>
internal static class JobActions
{
    /// <returns><see langword="null"/> when stopping costs nothing: then it is done at once.</returns>
    public static ConfirmationText? CancelQuestion(JobRow job) => job switch
    {
        { Cost: 0 } or { Status: JobStatus.Queued } => null,
        _ => new ConfirmationText(
            "Cancel this job?",
            job.Progress is { } progress
                ? $"“{job.Title}” is {StatusWords.PercentOf(progress)} done at {job.ProviderName}."
                : $"“{job.Title}” has been sent to {job.ProviderName}.",
            job.Cost is { } cost
                ? $"{job.ProviderName} may still charge up to {Words.Dollars(cost)}. You can run it again later with the same settings."
                : $"{job.ProviderName} may still charge for it. You can run it again later with the same settings.",
            "Keep it running",
            "Cancel the job",
            Destroys: true),
    };

    /// <returns><see langword="null"/> when it spends nothing.</returns>
    public static ConfirmationText? RetryQuestion(JobRow job) => NextStepWords.Of(job) switch
    {
        { Costs: null } => new ConfirmationText(
            "Retry 1 job?", $"“{job.Title}” is sent to {job.ProviderName} again.", "The price is not known here.", "Not now", "Retry 1 job"),
        { Costs: > 0 and var cost } => new ConfirmationText(
            "Retry 1 job?", $"“{job.Title}” is sent to {job.ProviderName} again.", $"It costs {Words.Dollars(cost)}.", "Not now", $"Retry 1 job for {Words.Dollars(cost)}"),
        _ => null,
    };

    /// <summary>What to say after a command.</summary>
    public static string Answer(JobCommandResult result, string done) => result switch
    {
        { Done: true } => done,
        { Reason: { } reason } => reason,
        _ => "This job is gone",
    };
}
