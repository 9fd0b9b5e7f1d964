namespace VideoGen.Simulator.Misbehaving;

/// <summary>Says which requests are to meet which misbehaviour. What is null fits any request.</summary>
internal sealed record MisbehaviourRule
{
    public required MisbehaviourKind Kind { get; init; }

    /// <summary>The name of a dialect.</summary>
    public string? Dialect { get; init; }

    /// <summary>Where it shows; when null, jobs are doomed at their create, results cut short at the content, and all else shows anywhere.</summary>
    public Operation? Operation { get; init; }

    /// <summary>Part of the prompt of the job that the request is about.</summary>
    public string? PromptContains { get; init; }

    /// <summary>How many requests it meets; all when null.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>Of <see cref="MisbehaviourKind.Slow"/>, <see cref="MisbehaviourKind.ResultNotReady"/> and <see cref="MisbehaviourKind.WebhookLate"/>.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Of <see cref="MisbehaviourKind.RateLimited"/> and <see cref="MisbehaviourKind.Unavailable"/>.</summary>
    public RetryAfter RetryAfter { get; init; }

    public bool Fits(string dialect, Operation operation, string? prompt) =>
        (Dialect is null || string.Equals(Dialect, dialect, StringComparison.Ordinal))
        && (Operation is { } wanted ? wanted == operation : Kind.FitsUnasked(operation))
        && Kind.FitsAt(operation)
        && (PromptContains is null || prompt?.Contains(PromptContains, StringComparison.Ordinal) == true);
}

/// <summary>What a Retry-After header says.</summary>
internal enum RetryAfter
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>2 seconds, as a number.</summary>
    Seconds,

    /// <summary>5 seconds from now, as a date.</summary>
    Date,

    /// <summary>Neither a number nor a date.</summary>
    Garbage,

    /// <summary>A year, as a number of seconds.</summary>
    Year,
}
