using VideoGen.Domain.Jobs;
using VideoGen.Web.Jobs;

namespace VideoGen.Web.Components.Controls;

/// <summary>The one right next step of a job that stopped.</summary>
/// <param name="Icon">A symbol.</param>
/// <param name="Say">What the button says; with the amount where it spends.</param>
/// <param name="Href">The page it leads to, or <see langword="null"/> when <paramref name="Action"/> does it.</param>
/// <param name="Costs">US dollars that it may spend; <see langword="null"/> when not known, 0 when free.</param>
/// <param name="Action">What does it, where no page does.</param>
public sealed record NextStepLook(string Icon, string Say, string? Href, decimal? Costs, RecoveryAction? Action = null);

/// <summary>Puts the next step into words.</summary>
internal static class NextStepWords
{
    /// <returns><see langword="null"/> when nothing is to be done about the job.</returns>
    public static NextStepLook? Of(JobRow job) => job switch
    {
        { Status: JobStatus.Unconfirmed, CancelRequested: false } => new("qm", "Decide…", Urls.Job(job.Id), 0),
        { IsReset: true } => Again(job, "Retry"),
        { Status: JobStatus.Cancelled } => Again(job, "Run again"),
        { Status: JobStatus.Failed, NextStep: { } next } => next switch
        {
            NextStep.ChangeSettings => new("edit", "Change settings", Urls.CreateFrom(job.Id), 0),
            NextStep.EditPrompt => new("edit", "Edit the prompt", Urls.CreateFrom(job.Id), 0),
            NextStep.PickModel => new("film", "Pick a model", Urls.CreateFrom(job.Id), 0),
            NextStep.CheckNow => new("search", "Check now", null, 0, RecoveryAction.CheckNow),
            NextStep.StoreAgain => new("disk", "Store again", null, 0, RecoveryAction.CheckNow),
            NextStep.Retry => Again(job, "Retry"),
        },
        _ => null,
    };

    private static NextStepLook Again(JobRow job, string verb) => new("refresh", $"{verb} · {Words.Money(job.Cost)}", null, job.Cost, RecoveryAction.Retry);
}
