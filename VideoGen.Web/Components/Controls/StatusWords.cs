using VideoGen.Domain.Jobs;
using VideoGen.Domain.Progress;
using VideoGen.Web.Jobs;

namespace VideoGen.Web.Components.Controls;

/// <summary>How a state looks: always an icon and a word together with the colour.</summary>
/// <param name="Tone">Class of the style sheet: "run", "ok", "warn", "bad", or none.</param>
/// <param name="Icon">A symbol, or <see langword="null"/> for the dot of what is live.</param>
/// <param name="Say">The state in words.</param>
/// <param name="Numbers">Progress and time left, or <see langword="null"/>.</param>
/// <param name="With">The sentence that goes with it, or <see langword="null"/>.</param>
public sealed record StatusLook(string Tone, string? Icon, string Say, string? Numbers = null, string? With = null);

/// <summary>The one map from a job's status and health to icon, colour and words.</summary>
internal static class StatusWords
{
    public static StatusLook Of(JobRow job) => job switch
    {
        { CancelRequested: true, IsActive: true } => new("", "wait", "Cancelling", With: $"Waiting for {job.ProviderName} to confirm"),
        { Status: JobStatus.Queued } => Waiting(job),
        { Status: JobStatus.Submitting } => new("run", null, "Sending"),
        { Status: JobStatus.Unconfirmed } => new("warn", "qm", "Unconfirmed", With: $"The connection broke while sending. {job.ProviderName} may or may not have started it."),
        { Status: JobStatus.Generating } => Generating(job),
        { Status: JobStatus.Saving, Setbacks: > 0 } => new("run", null, "Saving", With: $"The video is made but could not be stored just now. {NextTry(job)}"),
        { Status: JobStatus.Saving } => new("run", null, "Saving", With: "Copying and checking the file"),
        { Status: JobStatus.Completed } => new("ok", "check", "Done"),
        { IsReset: true } => new("", "undo", "Ready to run again", With: "Nothing is sent until you press Retry."),
        { Status: JobStatus.Cancelled } => new("", "stop", "Cancelled", With: "Stopped by you."),
        _ => Failed(job),
    };

    /// <summary>A status as the history names it.</summary>
    public static string NameOf(JobStatus status) => status switch
    {
        JobStatus.Queued => "Queued",
        JobStatus.Submitting => "Sending",
        JobStatus.Unconfirmed => "Unconfirmed",
        JobStatus.Generating => "Generating",
        JobStatus.Saving => "Saving",
        JobStatus.Completed => "Done",
        JobStatus.Failed => "Failed",
        JobStatus.Cancelled => "Cancelled",
    };

    /// <summary>"43%", "about 60%".</summary>
    public static string PercentOf(JobProgress progress) => progress.Source is ProgressSource.Reported
        ? Words.Say($"{Words.Percent(progress.Fraction)}%")
        : Words.Say($"about {Words.Percent(progress.Fraction)}%");

    /// <summary>The progress as a whole sentence, for those who hear it.</summary>
    public static string Spoken(JobRow job, JobProgress progress)
    {
        var source = progress.Source is ProgressSource.Reported
            ? Words.Say($"{Words.Percent(progress.Fraction)} percent, reported by {job.ProviderName}")
            : Words.Say($"about {Words.Percent(progress.Fraction)} percent, estimated");
        var rest = progress switch
        {
            { LongerThanUsual: true } => ", longer than usual",
            { Remaining: { } left } => ", " + Words.Left(left).Replace("–", " to ", StringComparison.Ordinal),
            _ => "",
        };
        return source + rest;
    }

    private static StatusLook Waiting(JobRow job) => job switch
    {
        { Setbacks: > 0, NotBefore: not null } =>
            new("", "wait", $"Waiting for {job.ProviderName}", With: $"{job.ProviderName} could not take it just now. {NextTry(job)}"),
        { Place: { HasRoom: true } } => new("", "wait", "Waiting", With: "Starts in a moment"),
        { Place: { AtOnce: { } most } place } =>
            new("", "wait", $"Waiting, {Words.Ordinal(place.Position)} in line", With: Words.Say($"{job.ProviderName} takes {most} at a time")),
        { Place: { } place } => new("", "wait", $"Waiting, {Words.Ordinal(place.Position)} in line"),
        _ => new("", "wait", "Waiting"),
    };

    private static StatusLook Generating(JobRow job)
    {
        var numbers = job.Progress is { } progress ? NumbersOf(progress) : null;
        if (job.Health is JobHealth.Stuck)
        {
            return new(
                "warn", "clock", "Longer than usual", numbers,
                $"No progress for {Words.Span(job.Now - job.LastProgressAt)}. Most jobs like this take {Words.UsualInWords(job.Usual)}.");
        }

        if (job.Setbacks > 0)
        {
            return new("run", null, "Generating", numbers, $"{job.ProviderName} does not answer just now. {NextTry(job)}");
        }

        return job.Health is JobHealth.Slow || job.Progress is { LongerThanUsual: true }
            ? new("warn", "clock", "Longer than usual", numbers, $"Most jobs like this take {Words.UsualInWords(job.Usual)}.")
            : new("run", null, "Generating", numbers);
    }

    private static string NumbersOf(JobProgress progress) => progress switch
    {
        { LongerThanUsual: false, Remaining: { } left } => $"{PercentOf(progress)} · {Words.Left(left)}",
        _ => PercentOf(progress),
    };

    private static string NextTry(JobRow job) => job.NotBefore is { } next && next > job.Now
        ? $"Next try in {Words.Span(next - job.Now)}; nothing is lost."
        : "It is tried again at once; nothing is lost.";

    private static StatusLook Failed(JobRow job) => new("bad", "alert", FailureOf(job), With: SentenceOf(job));

    private static string FailureOf(JobRow job) => job.FailureKind switch
    {
        FailureKind.InputRefused => "Settings not accepted",
        FailureKind.Moderated => "Refused by the provider’s content rules",
        FailureKind.Quota => "Quota used up",
        FailureKind.RateLimited => $"{job.ProviderName} was too busy",
        FailureKind.Credentials => "Key not accepted",
        FailureKind.ProviderDown => $"{job.ProviderName} was down",
        FailureKind.RetiredModel => "Model retired",
        FailureKind.LostAtProvider => "Lost at the provider",
        FailureKind.TimedOut => "Timed out",
        FailureKind.BadMedia => "Not a playable video",
        FailureKind.Storage => "Could not be stored",
        FailureKind.Unconfirmed => "Unconfirmed",
        FailureKind.Quarantined => "Set aside",
        FailureKind.ProviderError or null => "Could not be made",
    };

    private static string? SentenceOf(JobRow job) => job.FailureKind switch
    {
        FailureKind.Moderated => $"{job.FailureMessage} The same prompt would be refused again.",
        FailureKind.TimedOut when job.LateChecksUntil > job.Now => $"{job.FailureMessage} It is looked for now and then, and saved if it turns up.",
        _ => job.FailureMessage,
    };
}
