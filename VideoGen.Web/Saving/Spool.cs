using System.Globalization;
using System.Text.RegularExpressions;
using VideoGen.Web.Data;

namespace VideoGen.Web.Saving;

/// <summary>
/// The folder where downloads wait until they are stored. For each result of a job: <c>.part</c> while it arrives, then
/// <c>.jpg</c> (poster) and <c>.json</c> (facts), and last <c>.ready</c>, whose presence says that all three are whole.
/// </summary>
internal sealed partial class Spool(DataFolder folder)
{
    private const string Part = ".part";
    private const string Ready = ".ready";

    public SpoolSlot SlotOf(Guid jobId, int index) =>
        new(Path.Combine(folder.Spool, string.Create(CultureInfo.InvariantCulture, $"{jobId:N}-{index}")));

    /// <summary>Removes everything of a job.</summary>
    public void Remove(Guid jobId)
    {
        foreach (var path in Directory.EnumerateFiles(folder.Spool, $"{jobId:N}-*"))
        {
            File.Delete(path);
        }
    }

    /// <summary>The jobs that have finished downloads here.</summary>
    public IReadOnlySet<Guid> JobsWithResults() =>
        Directory.EnumerateFiles(folder.Spool, "*" + Ready)
            .Select(path => JobOf(Path.GetFileName(path)))
            .OfType<Guid>()
            .ToHashSet();

    /// <summary>
    /// Removes unfinished downloads and uploads, and what belongs to none of these jobs.
    /// </summary>
    /// <param name="waitingJobs">Whose finished downloads stay.</param>
    /// <param name="writtenBefore">What was written to since may still arrive. At start, while nothing arrives, nothing can.</param>
    /// <returns>How many files were removed.</returns>
    public int Sweep(IReadOnlySet<Guid> waitingJobs, DateTimeOffset writtenBefore)
    {
        var removed = 0;
        foreach (var path in Directory.EnumerateFiles(folder.Spool))
        {
            var name = Path.GetFileName(path);
            var isOurs = JobOf(name) is not null || name.EndsWith(Part, StringComparison.Ordinal);
            var isWanted = JobOf(name) is { } jobId
                && waitingJobs.Contains(jobId)
                && !name.EndsWith(Part, StringComparison.Ordinal)
                && File.Exists(Path.ChangeExtension(path, Ready));
            if (isOurs && !isWanted && new DateTimeOffset(File.GetLastWriteTimeUtc(path)) < writtenBefore)
            {
                File.Delete(path);
                removed++;
            }
        }

        return removed;
    }

    private static Guid? JobOf(string name) =>
        Name().Match(name) is { Success: true } match ? Guid.ParseExact(match.Groups["job"].Value, "N") : null;

    [GeneratedRegex(@"\A(?<job>[0-9a-f]{32})-[0-9]{1,6}\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
