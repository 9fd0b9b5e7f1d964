namespace VideoGen.Simulator.Bookkeeping;

/// <summary>One request, as it came. Nothing is blacked out: the keys of a test are its own.</summary>
internal sealed record LedgerEntry
{
    /// <summary>1 for the first request of the simulator, whatever its dialect.</summary>
    public required int Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Dialect { get; init; }

    public required Operation Operation { get; init; }

    public required string Method { get; init; }

    /// <summary>With the query.</summary>
    public required string Path { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The header that carries a key, when one came.</summary>
    public string? CredentialHeader { get; init; }

    /// <summary>The text of the body, at most 1 MB of it; null when there was none, or it came in parts.</summary>
    public string? Body { get; init; }

    public IReadOnlyList<LedgerPart> Parts { get; init; } = [];

    /// <summary>What a video is asked for with, or was.</summary>
    public string? Prompt { get; init; }

    /// <summary>False when the connection ended, or was cut, before the whole request had come.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Null while it is being answered, and for good when the simulator died before it had.</summary>
    public LedgerOutcome? Outcome { get; init; }
}

/// <summary>One part of a multipart body: a field has a value, a file has a hash.</summary>
internal sealed record LedgerPart(string Name, string? Value, string? FileName, string? ContentType, long? Length, string? Sha256);

/// <summary>What became of a request.</summary>
/// <param name="At">When the answer was given, or refused.</param>
/// <param name="Status">The status of the answer, also of one that was never sent.</param>
/// <param name="JobId">The job that it was about, or that it made.</param>
/// <param name="Misbehaviours">What it met.</param>
/// <param name="Error">What broke in the simulator itself.</param>
internal sealed record LedgerOutcome(DateTimeOffset At, int Status, string? JobId, IReadOnlyList<string> Misbehaviours, string? Error);
