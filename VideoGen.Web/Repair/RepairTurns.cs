using Microsoft.EntityFrameworkCore;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;

namespace VideoGen.Web.Repair;

/// <summary>
/// Sees to it that one pass runs at a time, over all processes of one database. A second one would do no harm (what it finds is
/// written once, and it mends under leases of its own), but read everything twice.
/// </summary>
internal sealed class RepairTurns(IDbContextFactory<AppDbContext> contexts, EngineNode node, TimeProvider clock)
{
    // How long the next process waits for one that was killed.
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <returns><see langword="false"/> when it is somebody else's turn.</returns>
    public async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (mine, ofThisNode) = (node.LeaseOwner, node.LeaseOwnerPrefix);
        DateTimeOffset? until = now + Length;
        DateTimeOffset? started = now;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // What an earlier run of this node held is nobody's: it was killed.
        var taken = await db.RepairTurns
            .Where(turn => turn.HeldUntil == null || turn.HeldUntil < now || (turn.Holder!.StartsWith(ofThisNode) && turn.Holder != mine))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(turn => turn.Holder, mine)
                    .SetProperty(turn => turn.HeldUntil, until)
                    .SetProperty(turn => turn.StartedAt, started)
                    .SetProperty(turn => turn.EndedAt, (DateTimeOffset?)null),
                cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken == 1;
    }

    /// <summary>Prolongs the turn of this process.</summary>
    /// <returns><see langword="false"/> when it is over: somebody else has begun.</returns>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        var mine = node.LeaseOwner;
        DateTimeOffset? until = clock.GetUtcNow() + Length;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var renewed = await db.RepairTurns
            .Where(turn => turn.Holder == mine)
            .ExecuteUpdateAsync(set => set.SetProperty(turn => turn.HeldUntil, until), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return renewed == 1;
    }

    /// <summary>
    /// Prolongs the turn of this process for as long as something takes: reading a large file, or paging through a bucket in which
    /// others keep more than we do.
    /// </summary>
    public async Task<T> HoldWhileAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var holding = HoldUntilAsync(ended.Token);
        try
        {
            return await work();
        }
        finally
        {
            await ended.CancelAsync();
            await holding;
        }
    }

    /// <summary>Ends the turn of this process.</summary>
    public async Task EndAsync()
    {
        var mine = node.LeaseOwner;
        DateTimeOffset? now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.RepairTurns
            .Where(turn => turn.Holder == mine)
            .ExecuteUpdateAsync(set => set
                .SetProperty(turn => turn.Holder, (string?)null)
                .SetProperty(turn => turn.HeldUntil, (DateTimeOffset?)null)
                .SetProperty(turn => turn.EndedAt, now));
        await transaction.CommitAsync();
    }

    /// <summary>Whether a pass runs now, wherever.</summary>
    public async Task<bool> IsTakenAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var turn = await db.RepairTurns.AsNoTracking().SingleAsync(cancellationToken);
        return turn.IsTaken(clock.GetUtcNow());
    }

    private async Task HoldUntilAsync(CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Length / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                await RenewAsync(ended);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // What it was held for is over.
        }
    }
}
