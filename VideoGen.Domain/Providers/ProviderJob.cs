namespace VideoGen.Domain.Providers;

/// <summary>A provider's answer about one of its jobs, in our words.</summary>
public sealed record ProviderJob
{
    public required ProviderJobState State { get; init; }

    /// <summary>The provider's own word, for people; at most 64 characters.</summary>
    public required string RawStatus { get; init; }

    /// <summary>0 to 1, or <see langword="null"/> when the provider reports none.</summary>
    public double? Progress { get; init; }

    /// <summary>How many files a finished job has. At least 1 when <see cref="State"/> is <see cref="ProviderJobState.Finished"/>.</summary>
    public int ResultCount { get; init; } = 1;

    /// <summary>Set exactly when <see cref="State"/> is <see cref="ProviderJobState.Failed"/>.</summary>
    public Jobs.JobFailure? Failure { get; init; }
}

/// <summary>Where a provider job is. A word we do not know means <see cref="Running"/>.</summary>
public enum ProviderJobState
{
    /// <summary>Accepted, not started.</summary>
    Waiting,

    /// <summary>Being made, or in a state that we do not know.</summary>
    Running,

    /// <summary>The result can be opened (or will be in a moment).</summary>
    Finished,

    /// <summary>It will never have a result.</summary>
    Failed,

    /// <summary>Somebody stopped it there.</summary>
    Cancelled,
}

/// <summary>One finished file, open for reading.</summary>
/// <param name="Content">The bytes. Disposed with the result.</param>
/// <param name="Length">Its length as announced, or <see langword="null"/>.</param>
public sealed record ProviderResult(Stream Content, long? Length) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
