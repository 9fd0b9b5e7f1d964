using VideoGen.Domain.Models;

namespace VideoGen.Domain.Providers;

/// <summary>What a provider is asked to make: one video, already checked against the model.</summary>
public sealed record VideoRequest
{
    /// <summary>Names this attempt; unique. See <see cref="Jobs.SubmissionAttempt.SubmitKey"/>.</summary>
    public required string SubmitKey { get; init; }

    public required string ModelId { get; init; }

    public required string Prompt { get; init; }

    public required VideoSize Size { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Frames per second, or <see langword="null"/> when the provider decides.</summary>
    public int? FrameRate { get; init; }

    public long? Seed { get; init; }

    /// <summary>The reference image, or <see langword="null"/>.</summary>
    public ReferenceImage? ReferenceImage { get; init; }

    /// <summary>
    /// The provider's id of the finished job to remake with the prompt, in the size and length that stand here too;
    /// <see langword="null"/> for a new video. Only where <see cref="ProviderCapabilities.CanRemix"/>.
    /// </summary>
    public string? RemixOf { get; init; }
}

/// <summary>An image that a video starts from.</summary>
/// <param name="MediaType">"image/png" or "image/jpeg".</param>
/// <param name="OpenAsync">Opens it from its first byte; the caller disposes the stream. May be called more than once.</param>
public sealed record ReferenceImage(string MediaType, Func<CancellationToken, Task<Stream>> OpenAsync);
