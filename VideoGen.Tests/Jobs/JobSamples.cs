using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;

namespace VideoGen.Tests.Jobs;

/// <summary>Jobs as the domain's own methods make them.</summary>
internal static class JobSamples
{
    public static readonly SubmissionIntent Intent = new(new string('a', 64), "node-1", "https://provider.example");

    public static readonly JobFailure Failure = new(FailureKind.ProviderError, "The provider could not make it.", "raw");

    public static JobOrder Order(Guid? ownerId = null) => new()
    {
        OwnerId = ownerId ?? Guid.NewGuid(),
        BatchId = Guid.NewGuid(),
        BatchIndex = 0,
        ProviderId = "test",
        ModelId = "model-1",
        Prompt = "Ein Fuchs läuft durch den Schnee 🦊",
        Size = new VideoSize(1280, 720),
        Duration = TimeSpan.FromSeconds(4),
        FrameRate = 30,
        Seed = 7,
        ExpectedCost = 0.40m,
    };

    public static GenerationJob Queued(Guid? ownerId = null) => new(Order(ownerId), TestClock.Start);

    /// <summary>A job that went the usual way to this status.</summary>
    public static GenerationJob In(JobStatus status, Guid? ownerId = null)
    {
        var job = Queued(ownerId);
        if (status is JobStatus.Queued)
        {
            return job;
        }

        if (status is JobStatus.Cancelled)
        {
            job.Cancel("Cancelled before it started", TestClock.Start);
            return job;
        }

        job.BeginSubmission(Intent, TestClock.Start);
        if (status is JobStatus.Unconfirmed)
        {
            job.LoseAnswer("No answer came", TestClock.Start);
        }

        if (status is JobStatus.Submitting or JobStatus.Unconfirmed)
        {
            return job;
        }

        job.Accept($"provider-{job.Id}", "Accepted", TestClock.Start);
        if (status is JobStatus.Failed)
        {
            job.Fail(Failure, TestClock.Start);
        }

        if (status is JobStatus.Generating or JobStatus.Failed)
        {
            return job;
        }

        job.FinishGenerating("done", resultCount: 1, TestClock.Start);
        if (status is JobStatus.Completed)
        {
            job.Complete("Stored", TestClock.Start);
        }

        return job;
    }

    /// <summary>The stored result of a job.</summary>
    public static Video VideoOf(GenerationJob job, int index = 0) => new(
        job.Id,
        job.OwnerId,
        index,
        new StoredFile($"{job.OwnerId}/{job.Id}/video-{index + 1}.mp4", $"{job.OwnerId}/{job.Id}/poster-{index + 1}.jpg", 1000, new string('b', 64)),
        new MediaFacts(job.Width, job.Height, job.Duration, 30, "h264", HasSound: false),
        TestClock.Start);
}
