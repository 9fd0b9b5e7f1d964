using VideoGen.Domain.Models;

namespace VideoGen.Domain.Jobs;

/// <summary>What one job is to make: a checked <see cref="GenerationRequest"/> for one variation. Never changes after acceptance.</summary>
public sealed record JobOrder
{
    public required Guid OwnerId { get; init; }

    /// <summary>Shared by the variations that were asked for together.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>0 for the first variation of its batch.</summary>
    public required int BatchIndex { get; init; }

    public required string ProviderId { get; init; }

    public required string ModelId { get; init; }

    /// <summary>The text that the provider receives.</summary>
    public required string Prompt { get; init; }

    /// <summary>What the person wrote before it was refined, or <see langword="null"/> when nothing was.</summary>
    public string? OriginalPrompt { get; init; }

    public required VideoSize Size { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Frames per second, or <see langword="null"/> when the provider decides.</summary>
    public int? FrameRate { get; init; }

    /// <summary><see langword="null"/> when the model takes no seed.</summary>
    public long? Seed { get; init; }

    /// <summary>Key of the reference image in the store, or <see langword="null"/>.</summary>
    public string? ReferenceImageKey { get; init; }

    /// <summary>What is remade with the prompt, or <see langword="null"/> for a new video.</summary>
    public RemixSource? Remix { get; init; }

    /// <summary>US dollars as the catalogue knew it at acceptance; <see langword="null"/> when not known.</summary>
    public decimal? ExpectedCost { get; init; }
}
