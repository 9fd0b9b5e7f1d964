namespace VideoGen.Domain.Jobs;

/// <summary>Who moved a job. Stored as its text.</summary>
/// <param name="Name">"poller", "webhook", or "person:" followed by the person's id. At most 64 characters.</param>
public readonly record struct JobActor(string Name)
{
    private const string PersonPrefix = "person:";

    /// <summary>The engine, acting by itself.</summary>
    public static JobActor Poller => new("poller");

    public static JobActor Person(Guid personId) => new(PersonPrefix + personId);

    /// <summary>The person's id, or <see langword="null"/> when no person acted.</summary>
    public Guid? PersonId =>
        Name.StartsWith(PersonPrefix, StringComparison.Ordinal) && Guid.TryParse(Name.AsSpan(PersonPrefix.Length), out var id)
            ? id
            : null;

    public override string ToString() => Name;
}
