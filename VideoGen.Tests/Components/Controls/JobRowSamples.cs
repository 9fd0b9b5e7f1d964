using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Progress;
using VideoGen.Web.Jobs;

namespace VideoGen.Tests.Components.Controls;

/// <summary>Rows to vary with <c>with</c>.</summary>
internal static class JobRowSamples
{
    public static readonly DateTimeOffset Now = TestClock.Start;

    public static readonly JobRow Queued = new()
    {
        Id = Guid.NewGuid(),
        Prompt = "A courier in the rain. Slow.",
        ProviderName = "Runway",
        ModelName = "Gen-4.5",
        Size = new VideoSize(1280, 720),
        Duration = TimeSpan.FromSeconds(10),
        Seed = 81422,
        Cost = 1.20m,
        Status = JobStatus.Queued,
        Health = JobHealth.Ok,
        Usual = new UsualTime(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4)),
        CreatedAt = Now.AddMinutes(-20),
        QueuedAt = Now.AddMinutes(-20),
        StatusChangedAt = Now.AddMinutes(-20),
        LastProgressAt = Now.AddMinutes(-20),
        Now = Now,
    };

    public static readonly JobRow Generating = Queued with
    {
        Status = JobStatus.Generating,
        SubmittedAt = Queued.QueuedAt.AddSeconds(4),
        GeneratingAt = Now.AddSeconds(-102),
        Progress = Reported(0.43),
    };

    public static JobProgress Reported(double fraction) =>
        new(fraction, ProgressSource.Reported, new TimeRange(TimeSpan.FromSeconds(70), TimeSpan.FromSeconds(119)), LongerThanUsual: false);

    public static JobProgress Estimated(double fraction) =>
        new(fraction, ProgressSource.Estimated, new TimeRange(TimeSpan.Zero, TimeSpan.FromSeconds(59)), LongerThanUsual: false);

    public static JobRow Failed(FailureKind kind) => Generating with
    {
        Status = JobStatus.Failed,
        Health = JobHealth.NeedsYou,
        Progress = null,
        FailureKind = kind,
        FailureMessage = "It said no.",
        StatusChangedAt = Now,
    };
}
