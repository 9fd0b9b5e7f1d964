namespace VideoGen.Domain.Providers;

/// <summary>
/// A service that makes videos. Stateless towards the caller and addressed by id, because a job outlives the process.
/// Implementations are singletons and safe for concurrent use. Every method throws <see cref="VideoProviderException"/>
/// for trouble at the provider and honours its token.
/// </summary>
public interface IVideoProvider
{
    /// <summary>Stable id, stored with every job; the provider id of catalogue entries.</summary>
    string Id { get; }

    ProviderCapabilities Capabilities { get; }

    /// <summary>
    /// Sends exactly one request for one video, with no retry at any layer, and returns the provider's id.
    /// </summary>
    /// <exception cref="VideoProviderException">
    /// The provider said no, or provably nothing was sent. Any other exception means that the answer is unknown.
    /// </exception>
    Task<string> SubmitAsync(VideoRequest request, CancellationToken cancellationToken);

    /// <summary>Asks how a job is. An unknown status word means "still running".</summary>
    Task<ProviderJob> CheckAsync(string providerJobId, CancellationToken cancellationToken);

    /// <summary>Opens one finished file for reading from its first byte. The caller disposes it.</summary>
    /// <param name="index">0 up to <see cref="ProviderJob.ResultCount"/> - 1.</param>
    Task<ProviderResult> OpenResultAsync(string providerJobId, int index, CancellationToken cancellationToken);

    /// <summary>Stops a job. Quietly does nothing when the job has ended or is not known.</summary>
    Task CancelAsync(string providerJobId, CancellationToken cancellationToken);

    /// <summary>
    /// Looks for the job that an attempt with a lost answer may have made. Called only where
    /// <see cref="ProviderCapabilities.SubmissionLookup"/> is not <see cref="SubmissionLookup.None"/>.
    /// </summary>
    /// <returns>The provider's id, or <see langword="null"/> when none was seen this time.</returns>
    Task<string?> FindSubmissionAsync(SubmissionTrace trace, CancellationToken cancellationToken);

    /// <summary>Tells the provider that a result is stored here and that it may drop its copy. Most do nothing.</summary>
    Task ReleaseAsync(string providerJobId, CancellationToken cancellationToken);
}

/// <summary>What a provider can do, and how it wants to be treated. Constant while the process runs.</summary>
public sealed record ProviderCapabilities
{
    /// <summary>The provider's base address without credentials, kept with each attempt.</summary>
    public required string Address { get; init; }

    /// <summary>Whether a running job can be stopped.</summary>
    public required bool CanCancel { get; init; }

    /// <summary>Whether it remakes a finished job of its own; see <see cref="VideoRequest.RemixOf"/>.</summary>
    public bool CanRemix { get; init; }

    /// <summary>How a submission whose answer was lost can be found again.</summary>
    public required SubmissionLookup SubmissionLookup { get; init; }

    /// <summary>How many jobs it takes at once; further ones wait with us.</summary>
    public required int MaxConcurrentJobs { get; init; }

    /// <summary>How often it may be asked about one job; <see langword="null"/> for the engine's own interval.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>Whether checks cross a network and count against the engine's limit of checks in flight.</summary>
    public bool IsRemote { get; init; } = true;
}

/// <summary>How sure a look for a lost submission is.</summary>
public enum SubmissionLookup
{
    /// <summary>It cannot be found: a person has to decide.</summary>
    None,

    /// <summary>
    /// By its inputs in a listing that names no attempt: a job that is found is adopted, but one that is not found may be there all
    /// the same, named otherwise, made at another time by the provider's clock, or emptied. Then a person decides.
    /// </summary>
    Likely,

    /// <summary>
    /// By the attempt's own name in a listing that may lag behind: only several looks that show nothing mean that there is nothing.
    /// </summary>
    Eventual,

    /// <summary>One look is certain either way.</summary>
    Certain,
}

/// <summary>What an attempt left behind to be recognised by; see <see cref="Jobs.SubmissionAttempt"/>.</summary>
/// <param name="SubmitKey">Names the attempt where it can be named.</param>
/// <param name="IntentAt">When it was about to be sent, by our clock.</param>
/// <param name="Request">What was sent.</param>
/// <param name="IsOurs">
/// Whether a provider job already belongs to one of our jobs: where a listing names the inputs alone, the twin of a lost
/// submission looks just like it.
/// </param>
public sealed record SubmissionTrace(
    string SubmitKey, DateTimeOffset IntentAt, VideoRequest Request, Func<string, CancellationToken, Task<bool>> IsOurs);
