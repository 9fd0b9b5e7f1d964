namespace VideoGen.Simulator;

/// <summary>How one simulator behaves when nothing is told to misbehave.</summary>
internal sealed record SimulatorOptions
{
    /// <summary>The dialects that are spoken; all when null. The file server is always there.</summary>
    public IReadOnlyCollection<string>? Dialects { get; init; }

    /// <summary>From the acceptance of a job to its result.</summary>
    public TimeSpan GenerationTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Where the ledger is written. A file in the temporary folder, removed on disposal, when null.</summary>
    public string? LedgerPath { get; init; }

    /// <summary>The only key that is accepted. Any key when null; never none.</summary>
    public string? RequiredKey { get; init; }

    /// <summary>How long a signed link is good for.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The share of requests, 0 to 1, that meet a misbehaviour chosen at random.</summary>
    public double MisbehaveRate { get; init; }

    /// <summary>Which misbehaviours those are, and when: the same seed and requests give the same ones.</summary>
    public int Seed { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
