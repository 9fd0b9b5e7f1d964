namespace VideoGen.Web.Repair;

/// <summary>
/// Something that was wrong when it was last looked at, or was and is mended. One row for each kind and subject: what comes back
/// opens its old row again.
/// </summary>
public sealed class RepairFinding
{
    private RepairFinding()
    {
    }

    internal RepairFinding(Sighting sighting, DateTimeOffset at)
    {
        Id = Guid.CreateVersion7(at);
        Kind = sighting.Kind;
        Subject = sighting.Subject;
        FirstSeenAt = at;
        See(sighting, at);
    }

    public Guid Id { get; private set; }

    public RepairKind Kind { get; private set; }

    /// <summary>What it is about: a key of the store, or the id of a video.</summary>
    public string Subject { get; private set; } = "";

    public Guid? JobId { get; private set; }

    /// <summary>Whose video or image it is; <see langword="null"/> when nobody knows.</summary>
    public Guid? OwnerId { get; private set; }

    /// <summary>What was seen, in a sentence for people. Never a prompt, a key that opens something, or a link.</summary>
    public string Sentence { get; private set; } = "";

    /// <summary>Since when it is open, or was until it ended.</summary>
    public DateTimeOffset FirstSeenAt { get; private set; }

    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>When the repair itself put it right; <see langword="null"/> when it did not.</summary>
    public DateTimeOffset? MendedAt { get; private set; }

    /// <summary>When it was no longer there, mended or not; <see langword="null"/> while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    internal void See(Sighting sighting, DateTimeOffset at)
    {
        if (ClosedAt is not null)
        {
            FirstSeenAt = at;
        }

        JobId = sighting.JobId;
        OwnerId = sighting.OwnerId;
        Sentence = sighting.Sentence;
        LastSeenAt = at;
        MendedAt = sighting.IsMended ? at : null;
        ClosedAt = MendedAt;
    }

    internal void Close(DateTimeOffset at) => ClosedAt ??= at;
}

/// <summary>What a scan saw; see the properties of <see cref="RepairFinding"/>.</summary>
internal sealed record Sighting(RepairKind Kind, string Subject, string Sentence, Guid? JobId, Guid? OwnerId, bool IsMended = false);
