using Radzen;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Jobs;
using VideoGen.Web.Jobs.Recovery;

namespace VideoGen.Web.Components.Pages.Jobs;

/// <summary>What pages ask before they act on a job, and what they say afterwards.</summary>
internal static class JobActions
{
    private const string NotNow = "Not now";

    /// <summary>Asks what has to be asked before an action.</summary>
    /// <returns><see langword="null"/> when the person leaves it.</returns>
    public static async Task<RecoveryOrder?> AskAsync(this DialogService dialogs, JobRow job, RecoveryAction action)
    {
        if (action is RecoveryAction.Retry && job.MayHaveBeenAccepted)
        {
            return await dialogs.InsistAsync(job, action, TwiceQuestion(job));
        }

        var question = action switch
        {
            RecoveryAction.Cancel => CancelQuestion(job),
            RecoveryAction.Retry => RetryQuestion(job),
            RecoveryAction.Reset => ResetQuestion(job),
            _ => null,
        };
        return question is null || await dialogs.AskAsync(question) ? RecoveryOrder.For(action, job.Id) : null;
    }

    /// <summary>After a reset that was refused: asks whether it is meant all the same, and why.</summary>
    /// <returns><see langword="null"/> when the person leaves it.</returns>
    public static Task<RecoveryOrder?> AskToForceAsync(this DialogService dialogs, JobRow job, string obstacle) => dialogs.InsistAsync(
        job,
        RecoveryAction.Reset,
        new ConfirmationText(
            "Reset it all the same?",
            obstacle,
            "What the provider has for this job is given up. To run it again costs again.",
            NotNow,
            "Reset by force",
            Destroys: true));

    /// <summary>What to say after an action.</summary>
    public static string Answer(RecoveryAction action, RecoveryResult result) => result switch
    {
        { Outcome: RecoveryOutcome.Kept } => "Its video is there and is kept instead",
        { IsDone: true } => Done(action),
        { Reason: { } reason } => reason,
        _ => "This job is gone",
    };

    /// <summary>What it may cost, as a sentence.</summary>
    public static string CostOf(JobRow job) => job.Cost is { } cost ? $"About {Words.Dollars(cost)}." : "The price is not known here.";

    private static string Done(RecoveryAction action) => action switch
    {
        RecoveryAction.CheckNow => "Looking at it now",
        RecoveryAction.Reset => "Ready to run again",
        RecoveryAction.Retry => "Started again",
        RecoveryAction.Cancel => "Cancelling",
        RecoveryAction.Adopt => "This provider job is followed from now on",
        RecoveryAction.SubmitAgain => "Sent again",
        RecoveryAction.GiveUp => "Closed as failed",
    };

    private static async Task<RecoveryOrder?> InsistAsync(this DialogService dialogs, JobRow job, RecoveryAction action, ConfirmationText question) =>
        await dialogs.AskWhyAsync(question) is { } why ? RecoveryOrder.For(action, job.Id) with { Force = true, Reason = why } : null;

    // Stopping what costs nothing is done at once.
    private static ConfirmationText? CancelQuestion(JobRow job) => job switch
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

    private static ConfirmationText? RetryQuestion(JobRow job) => job.Cost switch
    {
        0 => null,
        null => new ConfirmationText(
            "Retry 1 job?", $"“{job.Title}” is sent to {job.ProviderName} again.", "The price is not known here.", NotNow, "Retry 1 job"),
        { } cost => new ConfirmationText(
            "Retry 1 job?", $"“{job.Title}” is sent to {job.ProviderName} again.", $"It costs {Words.Dollars(cost)}.", NotNow, $"Retry 1 job for {Words.Dollars(cost)}"),
    };

    private static ConfirmationText TwiceQuestion(JobRow job) => new(
        "Retry 1 job?",
        $"{job.ProviderName} may have started “{job.Title}” already. If it has, both are charged.",
        CostOf(job),
        NotNow,
        job.Cost is { } cost ? $"Retry 1 job for {Words.Dollars(cost)}" : "Retry 1 job");

    private static ConfirmationText ResetQuestion(JobRow job) => new(
        "Reset 1 job?",
        $"“{job.Title}” is looked at once more first. If its video is there, it is kept instead.",
        "Free. Nothing is sent until you press Retry.",
        NotNow,
        "Reset 1 job");
}
