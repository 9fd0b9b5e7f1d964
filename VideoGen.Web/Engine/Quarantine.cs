using Microsoft.Extensions.Options;
using VideoGen.Domain.Jobs;

namespace VideoGen.Web.Engine;

/// <summary>
/// Keeps a job that takes the server down from doing so for ever. Whatever was being worked on when the process died is suspect. Those
/// that one more time would set aside are begun one after the other, with time in between for the server to die, so that as a rule the
/// culprit alone is there again. Whoever is set aside with it, because its work took long, loses nothing but time: people set it going.
/// </summary>
internal sealed partial class Quarantine(IOptions<EngineOptions> options, TimeProvider clock, ILogger<Quarantine> logger)
{
    // What takes the server down does so soon. A large download of somebody innocent must not hold up the others for its whole time.
    private static readonly TimeSpan TimeAlone = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private int _underWay;
    private DateTimeOffset _begunAt;

    /// <summary>Asks for leave to begin a step of a job. To be asked before the job is taken, so that whoever waits is not suspected again.</summary>
    /// <param name="crashes">See <see cref="GenerationJob.CrashesLately"/>.</param>
    /// <returns>To be disposed of after the step; <see langword="null"/> when it has to wait.</returns>
    public IDisposable? TryEnter(int crashes)
    {
        if (crashes < options.Value.QuarantineAfter - 1)
        {
            return new Leave(null);
        }

        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_underWay > 0 && now - _begunAt < TimeAlone)
            {
                return null;
            }

            _underWay++;
            _begunAt = now;
            return new Leave(this);
        }
    }

    /// <summary>Whether a job was there too often.</summary>
    public bool IsToBeSetAside(GenerationJob job) => job.CrashesLately(clock.GetUtcNow()) >= options.Value.QuarantineAfter;

    /// <summary>Sets a job aside that was there too often.</summary>
    /// <returns><see langword="null"/> when it was not.</returns>
    public StepOutcome? SetAside(GenerationJob job)
    {
        var now = clock.GetUtcNow();
        if (!IsToBeSetAside(job))
        {
            return null;
        }

        LogSetAside(job.Id, job.Status);
        if (job.Status is JobStatus.Submitting)
        {
            // Whether it was sent is not known, and being set aside must not hide that.
            job.LoseAnswer("The server stopped while sending, several times. The provider may or may not have started it.", now);
            return StepOutcome.Again;
        }

        if (job.Status is JobStatus.Unconfirmed)
        {
            job.Remark("The server stopped several times while it worked on this job. It is not looked for today.", now, JobActor.Poller);
            job.AwaitProvider(now + GenerationJob.CrashMemory);
            return StepOutcome.Later;
        }

        job.Fail(new JobFailure(FailureKind.Quarantined, "The server stopped several times while it worked on this job, so it was set aside."), now);
        return StepOutcome.Ended;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Job {JobId} ({Status}) was being worked on each time that the server died, and is set aside")]
    private partial void LogSetAside(Guid jobId, JobStatus status);

    private sealed class Leave(Quarantine? quarantine) : IDisposable
    {
        public void Dispose()
        {
            if (quarantine is not null)
            {
                lock (quarantine._lock)
                {
                    quarantine._underWay--;
                }
            }
        }
    }
}
