using VideoGen.Domain.Jobs;

namespace VideoGen.Web.Engine;

/// <summary>
/// Keeps a job that takes the server down from doing so for ever. Whatever was being worked on when the process died is suspect, and
/// suspects are worked on one at a time: so only the culprit can be there again and again, and after the third time it is set aside.
/// </summary>
internal sealed partial class Quarantine(TimeProvider clock, ILogger<Quarantine> logger) : IDisposable
{
    private const int MostCrashes = 3;

    private readonly SemaphoreSlim _alone = new(1);

    public async Task<StepOutcome> RunAsync(GenerationJob job, Func<Task<StepOutcome>> step)
    {
        var crashes = job.CrashesLately(clock.GetUtcNow());
        if (crashes == 0)
        {
            return await step();
        }

        if (crashes >= MostCrashes)
        {
            return SetAside(job);
        }

        if (!await _alone.WaitAsync(TimeSpan.Zero))
        {
            return StepOutcome.Later;
        }

        try
        {
            return await step();
        }
        finally
        {
            _alone.Release();
        }
    }

    public void Dispose() => _alone.Dispose();

    private StepOutcome SetAside(GenerationJob job)
    {
        var now = clock.GetUtcNow();
        LogSetAside(job.Id, job.Status);
        if (job.Status is JobStatus.Submitting)
        {
            // Whether it was sent is not known, and being set aside must not hide that.
            job.LoseAnswer("The server stopped while sending, several times. The provider may or may not have started it.", now);
            return StepOutcome.Again;
        }

        if (job.Status is JobStatus.Unconfirmed)
        {
            job.Remark("Looking for it stopped the server several times. It is not looked for today.", now, JobActor.Poller);
            job.AwaitProvider(now + GenerationJob.CrashMemory);
            return StepOutcome.Later;
        }

        job.Fail(new JobFailure(FailureKind.Quarantined, "The server stopped several times while it worked on this job, so it was set aside."), now);
        return StepOutcome.Ended;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Job {JobId} ({Status}) was being worked on each time that the server died, and is set aside")]
    private partial void LogSetAside(Guid jobId, JobStatus status);
}
