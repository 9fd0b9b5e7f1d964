using VideoGen.Domain.Jobs;
using VideoGen.Domain.Progress;
using VideoGen.Web.Jobs;

namespace VideoGen.Web.Components.Controls;

/// <summary>How a step of the track stands; the class of the style sheet.</summary>
internal enum StepState
{
    /// <summary>Not started.</summary>
    Todo,

    /// <summary>Behind us.</summary>
    Done,

    /// <summary>Going on, measured.</summary>
    Now,

    /// <summary>Going on, estimated.</summary>
    Estimated,

    /// <summary>Waiting here.</summary>
    Hold,

    /// <summary>Ended here without a result.</summary>
    Stop,
}

/// <summary>One of the five steps.</summary>
/// <param name="Name">What it is called, or what became of it.</param>
/// <param name="State">How it stands.</param>
/// <param name="Took">How long it has taken, or <see langword="null"/> when that says nothing.</param>
/// <param name="Since">Set while it lasts: when it began.</param>
internal sealed record TrackStep(string Name, StepState State, TimeSpan? Took = null, DateTimeOffset? Since = null);

/// <summary>The five steps of a job with their times.</summary>
internal static class TrackSteps
{
    private static readonly string[] Names = ["Queued", "Sending", "Generating", "Saving", "Done"];

    public static IReadOnlyList<TrackStep> Of(JobRow job)
    {
        DateTimeOffset?[] begins = [job.QueuedAt, job.SubmittedAt, job.GeneratingAt, job.SavingAt, job.CompletedAt];
        var here = IndexOf(job);
        return [.. Enumerable.Range(0, Names.Length).Select(index => index switch
        {
            _ when job.Status is JobStatus.Completed => new TrackStep(Names[index], StepState.Done, Took(begins, index)),
            _ when index < here => new TrackStep(Names[index], StepState.Done, Took(begins, index)),
            _ when index > here => new TrackStep(Names[index], StepState.Todo),
            _ => Here(job, index, begins[index] ?? job.StatusChangedAt),
        })];
    }

    /// <summary>The class of the style sheet.</summary>
    public static string? ClassOf(StepState state) => state switch
    {
        StepState.Done => "done",
        StepState.Now => "now",
        StepState.Estimated => "now est",
        StepState.Hold => "now hold",
        StepState.Stop => "stop",
        StepState.Todo => null,
    };

    /// <summary>How it stands, for those who hear it.</summary>
    public static string Spoken(StepState state) => state switch
    {
        StepState.Done => "finished",
        StepState.Now or StepState.Estimated => "in progress",
        StepState.Hold => "waiting",
        StepState.Stop => "stopped here",
        StepState.Todo => "not started",
    };

    private static TrackStep Here(JobRow job, int index, DateTimeOffset since) => job.Status switch
    {
        JobStatus.Queued => new(Names[index], StepState.Hold, job.Now - since, since),
        JobStatus.Submitting or JobStatus.Saving => new(Names[index], StepState.Estimated, job.Now - since, since),
        JobStatus.Generating => new(
            Names[index], job.Progress is { Source: ProgressSource.Reported } ? StepState.Now : StepState.Estimated, job.Now - since, since),
        JobStatus.Unconfirmed => new("Unconfirmed", StepState.Stop, job.StatusChangedAt - since),
        JobStatus.Cancelled => new(job.IsReset ? "Reset" : "Cancelled", StepState.Stop, job.StatusChangedAt - since),
        _ => new(
            job.FailureKind is FailureKind.InputRefused or FailureKind.Moderated ? "Refused" : "Failed", StepState.Stop, job.StatusChangedAt - since),
    };

    private static int IndexOf(JobRow job) => job switch
    {
        { Status: JobStatus.Queued } => 0,
        { Status: JobStatus.Submitting or JobStatus.Unconfirmed } => 1,
        { Status: JobStatus.Generating } => 2,
        { Status: JobStatus.Saving } => 3,
        { Status: JobStatus.Completed } => 4,
        { SavingAt: not null } => 3,
        { GeneratingAt: not null } => 2,
        { SubmittedAt: not null } => 1,
        _ => 0,
    };

    private static TimeSpan? Took(DateTimeOffset?[] begins, int index) =>
        index + 1 < begins.Length && begins[index + 1] - begins[index] is { } took && took >= TimeSpan.Zero ? took : null;
}
