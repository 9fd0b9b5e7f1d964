using VideoGen.Domain.Jobs;

namespace VideoGen.Domain.Providers;

/// <summary>
/// Trouble at a provider, translated into a <see cref="FailureKind"/>. Caught in one place, the engine's step for one job.
/// Neither the message nor the detail ever holds a key or a signed link.
/// </summary>
public sealed class VideoProviderException : Exception
{
    public VideoProviderException(FailureKind kind, string message, string? detail = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        Detail = detail;
    }

    public FailureKind Kind { get; }

    /// <summary>The raw text for administrators, or <see langword="null"/>.</summary>
    public string? Detail { get; }

    /// <summary>How long the provider asked us to wait, or <see langword="null"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether the same call may succeed later without anybody doing anything. On a submission it further says that
    /// provably nothing was created, so that sending again cannot cost twice.
    /// </summary>
    public bool IsTransient { get; init; }

    /// <summary>The provider was not asked at all, because it is left alone for a while; <see cref="RetryAfter"/> says for how long.</summary>
    public bool IsUnasked { get; init; }

    /// <summary>
    /// The provider has finished, but its file is not there: not yet, or not under this link any more. Asked for again soon, and
    /// then until the result would have expired.
    /// </summary>
    public bool IsResultMissing { get; init; }
}
