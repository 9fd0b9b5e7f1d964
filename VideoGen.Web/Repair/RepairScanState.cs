namespace VideoGen.Web.Repair;

/// <summary>How far one scan has come. A round goes through everything, over as many runs as it takes; then the next begins.</summary>
public sealed class RepairScanState
{
    private RepairScanState()
    {
    }

    internal RepairScanState(RepairScanName scan)
    {
        Scan = scan;
    }

    public RepairScanName Scan { get; private set; }

    /// <summary>Where the round goes on; <see langword="null"/> when the next begins anew.</summary>
    public string? Cursor { get; private set; }

    public DateTimeOffset RoundStartedAt { get; private set; }

    /// <summary>When a round was last finished; <see langword="null"/> before the first was.</summary>
    public DateTimeOffset? RoundEndedAt { get; private set; }

    /// <summary>When it last ran.</summary>
    public DateTimeOffset RanAt { get; private set; }

    /// <summary>How many were looked at in the present round, or in the last when that is over.</summary>
    public int Looked { get; private set; }

    /// <summary>Why it could not look at everything when it last ran, in a sentence for people; <see langword="null"/> when it could.</summary>
    public string? Trouble { get; private set; }

    internal void Begin(DateTimeOffset at)
    {
        RanAt = at;
        Trouble = null;
        if (Cursor is null)
        {
            RoundStartedAt = at;
            Looked = 0;
        }
    }

    internal void Reach(string? cursor, int looked, DateTimeOffset at)
    {
        Cursor = cursor;
        Looked += looked;
        RoundEndedAt = cursor is null ? at : RoundEndedAt;
    }

    internal void Meet(string trouble) => Trouble = trouble;
}

/// <summary>The scans there are, in the order in which they run. Stored by name.</summary>
public enum RepairScanName
{
    /// <summary>Unfinished files in the spool and in the local store.</summary>
    Leftovers,

    /// <summary>Completed jobs: has each all its videos?</summary>
    Jobs,

    /// <summary>Videos: has each its file and its poster?</summary>
    Files,

    /// <summary>The store: does a row tell of each file?</summary>
    Store,

    /// <summary>Videos: is each file the one that was stored, and does it play?</summary>
    Contents,
}
