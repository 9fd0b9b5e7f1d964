namespace VideoGen.Domain.Models;

/// <summary>
/// One entry of the catalogue: everything that the form, the API, validation, cost and refusals know of a model.
/// Immutable; one instance lives as long as the process.
/// </summary>
public sealed record VideoModel
{
    /// <summary>Id of the provider that runs it, as in <c>IVideoProvider.Id</c>.</summary>
    public required string ProviderId { get; init; }

    /// <summary>The provider's name for people.</summary>
    public required string ProviderName { get; init; }

    /// <summary>The model's id on the wire; unique within its provider.</summary>
    public required string Id { get; init; }

    /// <summary>The model's name for people.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for people that says honestly what it is.</summary>
    public string Description { get; init; } = "";

    public ModelLifecycle Lifecycle { get; init; } = ModelLifecycle.Active;

    /// <summary>Sizes on offer, the default first. At least one.</summary>
    public required IReadOnlyList<VideoSize> Sizes { get; init; }

    /// <summary>Durations on offer, ascending. At least one.</summary>
    public required IReadOnlyList<TimeSpan> Durations { get; init; }

    public required TimeSpan DefaultDuration { get; init; }

    /// <summary>Frames per second on offer, the default first. Empty when the provider alone decides.</summary>
    public IReadOnlyList<int> FrameRates { get; init; } = [];

    /// <summary>Longest prompt in characters (Unicode text elements); <see langword="null"/> when there is no known limit.</summary>
    public int? MaxPromptLength { get; init; }

    /// <summary>How many variations may be asked for at once.</summary>
    public int MaxVariations { get; init; } = 4;

    public bool TakesReferenceImage { get; init; }

    public bool TakesSeed { get; init; }

    /// <summary>Whether it can remake a video of its own with another prompt, in the same size and length.</summary>
    public bool CanRemix { get; init; }

    public ModelPrice Price { get; init; } = ModelPrice.Unknown;

    /// <summary>How long a job usually takes from submission to the finished result.</summary>
    public required UsualTime UsualTime { get; init; }

    /// <summary>How long a job may go without progress before it counts as stuck. R-15 names 15 min.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the provider keeps a finished result.</summary>
    public TimeSpan ResultExpiresAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How the model's input is filled; set exactly for the providers in <see cref="ModelInput.Providers"/>.</summary>
    public ModelInput? Input { get; init; }

    /// <summary>The id on the wire when there is a reference image, where that is another one; otherwise <see langword="null"/>.</summary>
    public string? ImageId { get; init; }
}

/// <summary>The usual time of a job as a range.</summary>
public readonly record struct UsualTime(TimeSpan Min, TimeSpan Max);
