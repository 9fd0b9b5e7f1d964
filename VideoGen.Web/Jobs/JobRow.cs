using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Progress;
using VideoGen.Domain.Prompts;

namespace VideoGen.Web.Jobs;

/// <summary>One job as a card, the job page and the status words show it. True at <see cref="Now"/>.</summary>
public sealed record JobRow
{
    public required Guid Id { get; init; }

    public required string Prompt { get; init; }

    public required string ProviderName { get; init; }

    public required string ModelName { get; init; }

    public required VideoSize Size { get; init; }

    public required TimeSpan Duration { get; init; }

    public int? FrameRate { get; init; }

    public long? Seed { get; init; }

    /// <summary>US dollars, or <see langword="null"/> when not known.</summary>
    public decimal? Cost { get; init; }

    public bool HasReferenceImage { get; init; }

    public required JobStatus Status { get; init; }

    public required JobHealth Health { get; init; }

    /// <summary>A person reset it: it is ready to be run again.</summary>
    public bool IsReset { get; init; }

    /// <inheritdoc cref="GenerationJob.MayStillBeThere"/>
    public bool MayStillBeThere { get; init; }

    /// <inheritdoc cref="GenerationJob.MayHaveBeenAccepted"/>
    public bool MayHaveBeenAccepted { get; init; }

    /// <summary>Set exactly while generating.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>Set while it stands in line.</summary>
    public QueuePlace? Place { get; init; }

    /// <summary>How long jobs like this usually take.</summary>
    public required UsualTime Usual { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>How often in a row a step could not be done.</summary>
    public int Setbacks { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public FailureKind? FailureKind { get; init; }

    public string? FailureMessage { get; init; }

    public DateTimeOffset? LateChecksUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset QueuedAt { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public DateTimeOffset? GeneratingAt { get; init; }

    public DateTimeOffset? SavingAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public required DateTimeOffset StatusChangedAt { get; init; }

    public required DateTimeOffset LastProgressAt { get; init; }

    public required DateTimeOffset Now { get; init; }

    public string Title => PromptText.TitleOf(Prompt);

    public bool IsActive => Status.IsActive();

    public NextStep? NextStep => FailureKind is { } kind ? NextSteps.After(kind, MayStillBeThere) : null;
}

/// <summary>Where a waiting job stands.</summary>
/// <param name="Position">1 for the next one.</param>
/// <param name="AtOnce">How many jobs the provider takes at once, or <see langword="null"/> when it is not set up here.</param>
/// <param name="HasRoom">Whether the provider could take it now.</param>
public readonly record struct QueuePlace(int Position, int? AtOnce, bool HasRoom);
