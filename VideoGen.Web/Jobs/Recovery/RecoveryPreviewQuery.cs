using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Accounts;
using VideoGen.Web.Data;

namespace VideoGen.Web.Jobs.Recovery;

/// <summary>What an order would do, without doing it and without asking a provider: what people see before they confirm it.</summary>
internal sealed class RecoveryPreviewQuery(IDbContextFactory<AppDbContext> contexts, RecoveryVerdicts verdicts)
{
    /// <param name="actorId">Who would order it.</param>
    /// <param name="order">The order; its reason need not be given yet.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="RecoveryOrder.MostJobs"/> jobs.</exception>
    public async Task<RecoveryPreview> RunAsync(Guid actorId, RecoveryOrder order, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order.JobIds.Count, RecoveryOrder.MostJobs, nameof(order));
        var jobIds = order.JobIds.Distinct().ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var isAdmin = (await PersonActing.ReadAsync(db, actorId, cancellationToken)).IsAdmin;
        var jobs = await db.Jobs
            .AsNoTracking()
            .Include(job => job.Attempts)
            .Where(job => jobIds.Contains(job.Id) && (isAdmin || job.OwnerId == actorId))
            .ToListAsync(cancellationToken);

        var judged = jobs.ConvertAll(job => (Job: job, Verdict: verdicts.Of(order.Action, job)));
        var done = judged.Where(entry => IsDone(entry.Verdict, order)).Select(entry => entry.Job).ToList();
        var sent = done.Where(job => RecoveryRules.Sends(order.Action, job)).ToList();
        return new RecoveryPreview
        {
            DoneCount = done.Count,
            MissingCount = jobIds.Count - jobs.Count,
            Refusals =
            [
                .. judged
                    .Where(entry => !IsDone(entry.Verdict, order))
                    .GroupBy(entry => entry.Verdict)
                    .Select(group => new RecoveryRefusal(group.Key.Reason!, group.Count(), group.Key.Permission is RecoveryPermission.OnlyByForce))
                    .OrderByDescending(refusal => refusal.Count),
            ],
            SentCount = sent.Count,
            Cost = sent.Sum(job => job.ExpectedCost ?? 0),
            UnknownCostCount = sent.Count(job => job.ExpectedCost is null),
        };
    }

    private static bool IsDone(RecoveryVerdict verdict, RecoveryOrder order) => verdict.Permission switch
    {
        RecoveryPermission.Allowed => true,
        RecoveryPermission.OnlyByForce => order.Force,
        RecoveryPermission.Refused => false,
    };
}

/// <summary>What an order would do.</summary>
public sealed record RecoveryPreview
{
    public required int DoneCount { get; init; }

    public required int MissingCount { get; init; }

    /// <summary>The most frequent first.</summary>
    public required IReadOnlyList<RecoveryRefusal> Refusals { get; init; }

    /// <summary>How many would be sent to their providers again; only these cost anything.</summary>
    public required int SentCount { get; init; }

    /// <summary>US dollars that would really be sent.</summary>
    public required decimal Cost { get; init; }

    /// <summary>How many of those sent have a price that is not known.</summary>
    public required int UnknownCostCount { get; init; }
}

/// <summary>Why some of the jobs would be refused.</summary>
/// <param name="Reason">A sentence for people.</param>
/// <param name="Count">How many.</param>
/// <param name="ForceWouldDo">Whether they would be done for a person who insists and says why.</param>
public sealed record RecoveryRefusal(string Reason, int Count, bool ForceWouldDo);
