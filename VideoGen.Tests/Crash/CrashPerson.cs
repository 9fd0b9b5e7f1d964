using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Simulator;
using VideoGen.Simulator.Bookkeeping;

namespace VideoGen.Tests.Crash;

/// <summary>
/// Does what the studio leaves to its owner: stops a job that never ends, and decides about submissions of which nobody can say
/// what became of them, by looking at the provider's own books. Acts while no server runs.
/// </summary>
internal sealed class CrashPerson(CrashStudio studio, CrashVerdict verdict)
{
    // Providers that cannot be asked for their jobs. The others are looked through so often before a person is asked.
    private static readonly string[] WithoutListing = ["litellm", "runway", "luma-agents", "fal", "vertex", "gemini"];
    private const int LooksBefore = 3;

    // These are certain of what they have, so nobody needs to be asked.
    private static readonly string[] Certain = [CrashOrder.Local, CrashOrder.Listing];

    /// <summary>Whether the job goes on only when a person does something.</summary>
    public bool IsNeededBy(GenerationJob job) => IsToBeStopped(job) || IsUndecided(job);

    /// <summary>Asks to stop what never ends, as far as its provider has it.</summary>
    /// <returns>Whether there was something to do.</returns>
    public Task<bool> StopAsync() => ChangeAsync(IsToBeStopped, job => job.RequestCancel(DateTimeOffset.UtcNow));

    /// <summary>Does everything that is left to a person.</summary>
    /// <inheritdoc cref="StopAsync" path="/returns"/>
    public async Task<bool> ActAsync()
    {
        var hasStopped = await StopAsync();
        var hasFetched = await ChangeAsync(CameBroken, job => job.ResumeSaving("Fetch it again", DateTimeOffset.UtcNow, JobActor.Person(studio.OwnerId)));
        return await ChangeAsync(IsUndecided, Decide) || hasStopped || hasFetched;
    }

    private bool IsToBeStopped(GenerationJob job) =>
        studio.ToBeStopped.Contains(job.Id) && job is { Status: JobStatus.Generating, CancelRequestedAt: null };

    // Twice in a row no video: the owner presses "Store again", which costs nothing.
    private static bool CameBroken(GenerationJob job) => job is { Status: JobStatus.Failed, FailureKind: FailureKind.BadMedia };

    private static bool IsUndecided(GenerationJob job)
    {
        if (job.Status is not JobStatus.Unconfirmed || Certain.Contains(job.ProviderId, StringComparer.Ordinal))
        {
            return false;
        }

        var attempt = LastOf(job);
        return attempt.ProviderJobId is null
            && (attempt.EmptyLooks >= LooksBefore || WithoutListing.Contains(job.ProviderId, StringComparer.Ordinal));
    }

    private async Task<bool> ChangeAsync(Func<GenerationJob, bool> isMeant, Action<GenerationJob> change)
    {
        await using var db = await studio.Contexts.CreateDbContextAsync();
        var jobs = (await db.Jobs.Include(job => job.Attempts).ToListAsync()).FindAll(job => isMeant(job));
        jobs.ForEach(change);
        await db.SaveChangesAsync();
        return jobs.Count > 0;
    }

    // What the provider has is taken; what it does not have is sent again.
    private void Decide(GenerationJob job)
    {
        verdict.Unconfirmed++;
        if (LastOf(job).Outcome is not AttemptOutcome.Unknown)
        {
            verdict.Add(CrashFault.BrokenHistory, $"job {job.Id} at {job.ProviderId} is unconfirmed, and its attempt says {LastOf(job).Outcome}");
        }

        var owner = JobActor.Person(studio.OwnerId);
        var accepted = studio.CreatesOf(job).Where(entry => entry.Outcome?.JobId is not null).ToList();
        if (accepted is [.., { Outcome.JobId: { } id }])
        {
            job.Accept(NameOf(job, id), "The provider's books have it", DateTimeOffset.UtcNow, owner);
        }
        else
        {
            job.SubmitAgain("The provider's books do not have it", DateTimeOffset.UtcNow, owner);
        }
    }

    // fal's jobs are known by their endpoint as well.
    private static string NameOf(GenerationJob job, string id) => job.ProviderId is "fal" ? $"{job.ModelId}|{id}" : id;

    private static SubmissionAttempt LastOf(GenerationJob job) => job.Attempts.Single(attempt => attempt.Number == job.AttemptCount);
}

internal static class CrashLedger
{
    /// <summary>The whole requests for a video of this job that arrived at its provider, in their order.</summary>
    public static IReadOnlyList<LedgerEntry> CreatesOf(this CrashStudio studio, GenerationJob job) =>
        [.. studio.Creates().Where(entry => string.Equals(entry.Prompt, job.Prompt, StringComparison.Ordinal))];

    /// <summary>All whole requests for videos that arrived anywhere.</summary>
    public static IEnumerable<LedgerEntry> Creates(this CrashStudio studio) =>
        studio.Ledger.Entries(operation: Operation.Create).Where(entry => entry.IsWhole);
}
