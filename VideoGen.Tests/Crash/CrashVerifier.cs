using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Simulator.Bookkeeping;

namespace VideoGen.Tests.Crash;

/// <summary>Holds the providers' ledger, the database and the stored files against each other after everything has ended.</summary>
internal sealed class CrashVerifier(CrashStudio studio, CrashTraces traces, CrashVerdict verdict)
{
    public async Task VerifyAsync()
    {
        await using var db = await studio.Contexts.CreateDbContextAsync();
        var jobs = await studio.JobsAsync();
        var videos = await db.Videos.AsNoTracking().ToListAsync();
        var integrity = await db.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync();
        if (integrity is not ["ok"])
        {
            verdict.Add(CrashFault.Lost, $"the database is damaged: {string.Join("; ", integrity)}");
        }

        foreach (var gone in studio.Ordered.Except(jobs.Select(job => job.Id)))
        {
            verdict.Add(CrashFault.Lost, $"job {gone} is gone");
        }

        foreach (var job in jobs)
        {
            VerifyEnd(job);
            VerifySubmissions(job);
            VerifyRows(job, videos.FindAll(video => video.JobId == job.Id));
        }

        VerifyProviderJobs(jobs);
        VerifyFiles(videos);
        VerifyTraces(videos);
    }

    private void VerifyEnd(GenerationJob job)
    {
        var expected = studio.ToBeStopped.Contains(job.Id) ? JobStatus.Cancelled : JobStatus.Completed;
        if (job.Status != expected)
        {
            Add(job.Status.IsActive() ? CrashFault.Stuck : CrashFault.Lost, job, $"should be {expected}");
        }

        if (!TellsTheStory(job))
        {
            Add(CrashFault.BrokenHistory, job, "its history has gaps");
        }
    }

    // At most one request for each attempt, none without one, and exactly one accepted in all.
    private void VerifySubmissions(GenerationJob job)
    {
        if (job.Attempts.Count(attempt => attempt.Outcome is AttemptOutcome.Accepted) != 1)
        {
            Add(CrashFault.DuplicateSubmission, job, "has not exactly one accepted attempt");
        }

        if (job.ProviderId is CrashOrder.Local)
        {
            return;
        }

        var creates = studio.CreatesOf(job);
        foreach (var several in creates.GroupBy(entry => AttemptOf(job, entry)).Where(group => group.Key is null || group.Count() > 1))
        {
            Add(CrashFault.DuplicateSubmission, job, $"{several.Count()} requests for attempt {several.Key?.ToString(CultureInfo.InvariantCulture) ?? "none"}");
        }

        var accepted = creates.Count(entry => entry.Outcome?.JobId is not null);
        if (accepted > 1)
        {
            Add(CrashFault.DuplicateSubmission, job, $"was accepted {accepted} times");
        }
    }

    private static int? AttemptOf(GenerationJob job, LedgerEntry entry) =>
        job.Attempts.Where(attempt => attempt.IntentAt <= entry.At).MaxBy(attempt => attempt.Number)?.Number;

    private void VerifyRows(GenerationJob job, List<Video> videos)
    {
        var expected = job.Status is JobStatus.Completed ? Math.Max(job.ResultCount, 1) : 0;
        if (videos.Count != expected)
        {
            Add(CrashFault.MissingRow, job, $"has {videos.Count} videos, not {expected}");
        }

        foreach (var video in videos)
        {
            if (!File.Exists(traces.PathOf("store", video.StoreKey)) || !File.Exists(traces.PathOf("store", video.PosterKey)))
            {
                Add(CrashFault.MissingRow, job, "has a row without its files");
            }
            else if (!IsWhole(video))
            {
                Add(CrashFault.PartialFile, job, "has a file that is not what its row says");
            }
        }
    }

    private bool IsWhole(Video video)
    {
        var path = traces.PathOf("store", video.StoreKey);
        return new FileInfo(path).Length == video.SizeBytes
            && string.Equals(CrashTraces.HashOf(path), video.Sha256, StringComparison.Ordinal)
            && new FileInfo(traces.PathOf("store", video.PosterKey)).Length > 0;
    }

    private void VerifyProviderJobs(IReadOnlyList<GenerationJob> jobs)
    {
        var known = jobs.SelectMany(job => job.Attempts.Select(attempt => attempt.ProviderJobId).Append(job.ProviderJobId)).OfType<string>().ToList();
        foreach (var entry in studio.Creates())
        {
            if (entry.Outcome?.JobId is { } id && !known.Exists(ours => ours.EndsWith(id, StringComparison.Ordinal)))
            {
                verdict.Add(CrashFault.Orphan, $"job {id} at {entry.Dialect} belongs to none of ours (\"{entry.Prompt}\")");
            }
        }
    }

    private void VerifyFiles(IReadOnlyList<Video> videos)
    {
        var told = videos.SelectMany(video => new[] { video.StoreKey, video.PosterKey }).ToHashSet(StringComparer.Ordinal);
        var leftOvers = traces.LeftOvers();
        foreach (var orphan in traces.FilesIn("store").Except(told, StringComparer.Ordinal).Except(leftOvers, StringComparer.Ordinal))
        {
            verdict.Add(CrashFault.Orphan, $"{orphan} has no row");
        }

        foreach (var leftOver in leftOvers)
        {
            verdict.Add(CrashFault.PartialFile, $"{leftOver} was left over");
        }
    }

    // Whatever had its name after a kill was whole already.
    private void VerifyTraces(IReadOnlyList<Video> videos)
    {
        foreach (var torn in traces.Torn)
        {
            verdict.Add(CrashFault.PartialFile, $"{torn} had its name in the spool and was not whole");
        }

        foreach (var video in videos)
        {
            var ready = string.Create(CultureInfo.InvariantCulture, $"spool/{video.JobId:N}-{video.Index}.ready");
            VerifyTrace($"store/{video.StoreKey}", video.Sha256);
            VerifyTrace(ready, video.Sha256);
            if (File.Exists(traces.PathOf("store", video.PosterKey)))
            {
                VerifyTrace($"store/{video.PosterKey}", CrashTraces.HashOf(traces.PathOf("store", video.PosterKey)));
            }
        }
    }

    private void VerifyTrace(string name, string hash)
    {
        if (traces.Seen.TryGetValue(name, out var seen) && !seen.IsSubsetOf([hash]))
        {
            verdict.Add(CrashFault.PartialFile, $"{name} was seen as something else after a kill");
        }
    }

    // Begins with the creation, and leaves every status as often as it comes to it, but for the one at the end. Not by the order of
    // the events: two of the same millisecond have none.
    private static bool TellsTheStory(GenerationJob job) =>
        job.Events.Count(entry => entry.From is null) == 1
        && Enum.GetValues<JobStatus>().All(status =>
            job.Events.Count(entry => entry.To == status) - job.Events.Count(entry => entry.From == status) == (status == job.Status ? 1 : 0));

    private void Add(CrashFault fault, GenerationJob job, string what)
    {
        var story = string.Join(" | ", job.Events.OrderBy(entry => entry.At).Select(entry => $"{entry.At:HH:mm:ss.fff} {entry.From}>{entry.To} {entry.Reason}"));
        var attempts = string.Join(" | ", job.Attempts.OrderBy(attempt => attempt.Number).Select(attempt => $"{attempt.Number} {attempt.Outcome} {attempt.IntentAt:HH:mm:ss.fff} {attempt.ProviderJobId}"));
        var creates = string.Join(" | ", studio.CreatesOf(job).Select(entry => $"{entry.At:HH:mm:ss.fff} {entry.Outcome?.Status} {entry.Outcome?.JobId}"));
        verdict.Add(fault, $"job {job.Id} at {job.ProviderId} is {job.Status} and {what}\n    history: {story}\n    attempts: {attempts}\n    creates: {creates}");
    }
}
