namespace VideoGen.Web.Repair;

/// <summary>Whose turn it is to repair, over all processes of one database. There is one row.</summary>
public sealed class RepairTurn
{
    internal const int OnlyId = 1;

    private RepairTurn()
    {
    }

    public int Id { get; private set; }

    /// <summary>The process that repairs; <see langword="null"/> when none does.</summary>
    public string? Holder { get; private set; }

    /// <summary>Until when no other may; a process that was killed does not keep it for longer.</summary>
    public DateTimeOffset? HeldUntil { get; private set; }

    /// <summary>When the last pass began; <see langword="null"/> before the first did.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When it ended; <see langword="null"/> while it runs, or when it was killed.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Whether a pass runs now.</summary>
    public bool IsTaken(DateTimeOffset now) => HeldUntil > now;
}
