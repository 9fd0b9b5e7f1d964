namespace VideoGen.Domain.Jobs;

/// <summary>
/// The record that one paid request was about to be sent: committed before the request, closed by its answer.
/// It is what lets a crash in between be told from a request never made. At most one attempt of a job is open.
/// </summary>
public sealed class SubmissionAttempt
{
    private SubmissionAttempt()
    {
    }

    internal SubmissionAttempt(Guid jobId, int number, SubmissionIntent intent, DateTimeOffset at)
    {
        Id = Guid.CreateVersion7(at);
        JobId = jobId;
        Number = number;
        SubmitKey = $"{jobId:N}-{number}";
        RequestHash = intent.RequestHash;
        NodeId = intent.NodeId;
        ProviderAddress = intent.ProviderAddress;
        IntentAt = at;
        Outcome = AttemptOutcome.Open;
    }

    public Guid Id { get; private set; }

    public Guid JobId { get; private set; }

    /// <summary>1 for the first attempt of a job.</summary>
    public int Number { get; private set; }

    /// <summary>Names this attempt at the provider where it can be named (a callback address, a folder); unique.</summary>
    public string SubmitKey { get; private set; } = "";

    /// <summary>SHA-256 of what is sent, in lower-case hex: tells whether a job found at the provider is ours without keeping the prompt twice.</summary>
    public string RequestHash { get; private set; } = "";

    public string NodeId { get; private set; } = "";

    /// <summary>The provider's base address, without credentials.</summary>
    public string ProviderAddress { get; private set; } = "";

    public DateTimeOffset IntentAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public AttemptOutcome Outcome { get; private set; }

    /// <summary>The provider's id once an answer named it.</summary>
    public string? ProviderJobId { get; private set; }

    /// <summary>How often the provider was looked through for it, after its answer was lost, and showed nothing.</summary>
    public int EmptyLooks { get; private set; }

    /// <summary>From when on one more such look counts; <see langword="null"/> for at once. Looks close together show the same listing.</summary>
    public DateTimeOffset? EmptyLookCountsFrom { get; private set; }

    internal void LookedInVain(DateTimeOffset nextCountsFrom)
    {
        EmptyLooks++;
        EmptyLookCountsFrom = nextCountsFrom;
    }

    internal void Close(AttemptOutcome outcome, string? providerJobId, DateTimeOffset at)
    {
        Outcome = outcome;
        ProviderJobId = providerJobId;
        ClosedAt = at;
    }
}

/// <summary>What is known just before the request is sent; see the properties of <see cref="SubmissionAttempt"/>.</summary>
public sealed record SubmissionIntent(string RequestHash, string NodeId, string ProviderAddress);

/// <summary>What became of one submission.</summary>
public enum AttemptOutcome
{
    /// <summary>The request is on its way, or its sender died.</summary>
    Open,

    /// <summary>The provider answered with an id, or its job was found later.</summary>
    Accepted,

    /// <summary>Provably nothing was created at the provider.</summary>
    NotSent,

    /// <summary>The provider said no.</summary>
    Refused,

    /// <summary>The answer was lost; the provider may have a job.</summary>
    Unknown,
}
