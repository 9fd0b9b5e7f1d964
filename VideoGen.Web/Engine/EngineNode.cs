using Microsoft.EntityFrameworkCore;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Data;

namespace VideoGen.Web.Engine;

/// <summary>
/// Who this process is: a name that stays with the data folder (which one process at a time may use), and a mark of this
/// run, so that what an earlier run of the same node left behind is known to be nobody's.
/// </summary>
internal sealed class EngineNode(DataFolder folder, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    private const char Separator = '#';
    private readonly Guid _run = Guid.NewGuid();

    /// <summary>Stable over restarts.</summary>
    public string Name { get; } = ReadOrMakeName(folder);

    /// <summary>What leases of this run are signed with.</summary>
    public string LeaseOwner => $"{LeaseOwnerPrefix}{_run:N}";

    /// <summary>What leases of every run of this node begin with.</summary>
    public string LeaseOwnerPrefix => $"{Name}{Separator}";

    /// <summary>
    /// Gives back the leases of earlier runs of this node, and counts against their jobs that the process died while it worked on them: an
    /// orderly stop gives them back itself. Called once, before any step.
    /// </summary>
    public async Task DropOldLeasesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mine = LeaseOwner;
        var prefix = LeaseOwnerPrefix;
        DateTimeOffset? now = clock.GetUtcNow();
        DateTimeOffset? remembered = now - GenerationJob.CrashMemory;
        await db.Jobs
            .Where(job => job.LeaseOwner != null && job.LeaseOwner.StartsWith(prefix) && job.LeaseOwner != mine)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(job => job.LeaseOwner, (string?)null)
                    .SetProperty(job => job.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(job => job.Crashes, job => job.CrashedAt > remembered ? job.Crashes + 1 : 1)
                    .SetProperty(job => job.CrashedAt, now),
                cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static string ReadOrMakeName(DataFolder folder)
    {
        var file = Path.Combine(folder.Root, "node");
        if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } known)
        {
            return known;
        }

        var made = $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}";
        File.WriteAllText(file, made);
        return made;
    }
}
