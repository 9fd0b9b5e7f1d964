namespace VideoGen.Web.Repair;

/// <summary>Tells the open pages of this process that a pass has ended, or that another process runs one. A hint to look again; the database is the truth.</summary>
internal sealed class RepairNews
{
    private TaskCompletionSource _ended = NewEnd();

    /// <summary>Completes when the pass that runs now, or the next, has ended. Taken before a page looks, nothing is missed.</summary>
    public Task Ended => Volatile.Read(ref _ended).Task;

    public void SayEnded() => Interlocked.Exchange(ref _ended, NewEnd()).SetResult();

    // Pages go on elsewhere, not within the pass.
    private static TaskCompletionSource NewEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
