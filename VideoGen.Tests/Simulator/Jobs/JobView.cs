namespace VideoGen.Simulator.Jobs;

/// <summary>How a job stands at one moment, in words that a dialect puts into its own.</summary>
/// <param name="Job">The job itself.</param>
/// <param name="State">Where it is.</param>
/// <param name="Progress">0 to 100; 100 only when finished.</param>
/// <param name="EndedAt">When it came to its end; null before.</param>
internal sealed record JobView(SimulatedJob Job, JobState State, int Progress, DateTimeOffset? EndedAt)
{
    /// <summary>A word that no vendor has ever used for a status.</summary>
    public const string UnknownWord = "contemplating";

    /// <summary>Whether the dialect has to use <see cref="UnknownWord"/> in the place of its own.</summary>
    public bool HasUnknownWord { get; init; }

    public bool HasEnded => EndedAt is not null;
}

/// <summary>Where a job is.</summary>
internal enum JobState
{
    /// <summary>Accepted, not begun.</summary>
    Waiting,

    /// <summary>Being made.</summary>
    Running,

    /// <summary>The result can be had.</summary>
    Finished,

    /// <summary>Ended without a result, for no reason that concerns the request.</summary>
    Failed,

    /// <summary>Ended without a result, because the vendor's policy forbids it.</summary>
    Moderated,

    /// <summary>Ended by whoever asked for it.</summary>
    Cancelled,
}
