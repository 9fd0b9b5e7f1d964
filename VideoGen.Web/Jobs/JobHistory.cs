using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;

namespace VideoGen.Web.Jobs;

/// <summary>Reads the history of a job for people.</summary>
internal static class JobHistory
{
    private const string Poller = "Poller";

    /// <summary>Newest first. The caller has checked that the reader may see the job.</summary>
    public static async Task<IReadOnlyList<HistoryEntry>> ReadAsync(AppDbContext db, Guid jobId, CancellationToken cancellationToken)
    {
        var events = await db.JobEvents
            .AsNoTracking()
            .Where(entry => entry.JobId == jobId)
            .OrderByDescending(entry => entry.At)
            .ThenByDescending(entry => entry.Id)
            .ToListAsync(cancellationToken);
        var people = events.Select(entry => entry.Actor.PersonId).OfType<Guid>().Distinct().ToList();
        var names = await db.Users
            .AsNoTracking()
            .Where(person => people.Contains(person.Id))
            .ToDictionaryAsync(person => person.Id, person => person.DisplayName, cancellationToken);
        return [.. events.Select(entry => new HistoryEntry(entry.Id, entry.At, entry.From, entry.To, entry.Reason, NameOf(entry.Actor, names), entry.Actor.PersonId is not null))];
    }

    private static string NameOf(JobActor actor, Dictionary<Guid, string> names) => actor.PersonId switch
    {
        { } id => names.TryGetValue(id, out var name) && name.Length > 0 ? name : "Somebody who has left",
        null when actor == JobActor.Poller => Poller,
        null => actor.Name,
    };
}

/// <summary>One line of a job's history.</summary>
/// <param name="Id">Identifies the line.</param>
/// <param name="At">When.</param>
/// <param name="From">The status before; <see langword="null"/> for the first line, equal to <paramref name="To"/> for a remark.</param>
/// <param name="To">The status after.</param>
/// <param name="Reason">Why, in a sentence for people.</param>
/// <param name="Who">A person's name, or "Poller".</param>
/// <param name="ByPerson">Whether a person acted.</param>
public sealed record HistoryEntry(Guid Id, DateTimeOffset At, JobStatus? From, JobStatus To, string Reason, string Who, bool ByPerson);
