using VideoGen.Domain.Jobs;
using VideoGen.Domain.Progress;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Jobs;

namespace VideoGen.Web.Components.Pages.Create;

/// <summary>
/// What is worth saying aloud between two looks at the jobs: a change of state, or 25, 50 and 75 %. Remembers the last look.
/// </summary>
internal sealed class JobNews
{
    // With more than this at once, hearing it takes longer than looking.
    private const int MostSaid = 3;

    private Dictionary<Guid, (string State, int Quarter)>? _jobs;
    private HashSet<Guid> _finished = [];

    /// <returns>A sentence, or <see langword="null"/> when nothing is worth it. The first look is never news.</returns>
    public string? Of(MyJobs jobs)
    {
        var before = _jobs;
        var finishedBefore = _finished;
        var now = jobs.NeedsYou.Concat(jobs.Running).Concat(jobs.Waiting).ToList();
        _jobs = now.ToDictionary(job => job.Id, job => (StateOf(job), QuarterOf(job)));
        _finished = [.. jobs.Finished.Select(video => video.Id)];
        if (before is null)
        {
            return null;
        }

        List<string> news =
        [
            .. jobs.Finished.Where(video => !finishedBefore.Contains(video.Id)).Select(video => $"Done: {video.Title}."),
            .. now.Select(job => before.TryGetValue(job.Id, out var was) ? NewsOf(job, was) : null).OfType<string>(),
        ];
        return news.Count switch
        {
            0 => null,
            <= MostSaid => string.Join(' ', news),
            _ => Words.Say($"{string.Join(' ', news.Take(MostSaid))} {news.Count - MostSaid} more changes."),
        };
    }

    private static string? NewsOf(JobRow job, (string State, int Quarter) was)
    {
        if (!string.Equals(StateOf(job), was.State, StringComparison.Ordinal))
        {
            return $"{StatusWords.Of(job).Say}: {job.Title}.";
        }

        return QuarterOf(job) > was.Quarter ? Words.Say($"{QuarterOf(job) * 25} percent: {job.Title}.") : null;
    }

    // The place in line moves often and is not a state.
    private static string StateOf(JobRow job) => job switch
    {
        { Status: JobStatus.Queued, CancelRequested: false } => "Waiting",
        _ => StatusWords.Of(job).Say,
    };

    // An estimate moves by itself; only what was reported is news.
    private static int QuarterOf(JobRow job) =>
        job.Progress is { Source: ProgressSource.Reported } progress ? Math.Min(3, (int)(progress.Fraction * 4)) : 0;
}
