using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;

namespace VideoGen.Web.Providers.Transport;

/// <summary>
/// Looks for a lost submission in a listing that names inputs and times, but no attempt: page by page, the newest first, until it
/// has led to before the submission. To stop too early would be to say that there is nothing, and to have it paid for again.
/// </summary>
internal static class SubmissionSearch
{
    // Far more than anybody makes between a lost answer and the look for it.
    private const int MaxPages = 50;

    // Their clock and ours differ.
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(10);

    /// <param name="trace">What is looked for.</param>
    /// <param name="provider">The provider's name in sentences.</param>
    /// <param name="pageAfter">The page that follows the job of this id; the first one for <see langword="null"/>.</param>
    /// <returns>The id of the newest job that is alike and not another one of ours, or <see langword="null"/>.</returns>
    /// <exception cref="VideoProviderException">The listing could not be read to its end.</exception>
    public static async Task<string?> FindAsync(
        SubmissionTrace trace, string provider, Func<string?, CancellationToken, Task<ListedPage>> pageAfter, CancellationToken cancellationToken)
    {
        string? last = null;
        for (var count = 0; count < MaxPages; count++)
        {
            var page = await pageAfter(last, cancellationToken);
            foreach (var job in page.Jobs)
            {
                if (job is { Id: { Length: > 0 } id, IsAlike: true } && IsWithin(trace.IntentAt, job.CreatedAt) && !await trace.IsOurs(id, cancellationToken))
                {
                    return id;
                }
            }

            if (!page.HasMore || page.Jobs is not [.., { Id: { Length: > 0 } oldest } end] || end.CreatedAt < (trace.IntentAt - Before).ToUnixTimeSeconds())
            {
                return null;
            }

            last = oldest;
        }

        throw new VideoProviderException(FailureKind.ProviderDown, $"{provider} lists more jobs than are looked through.") { IsTransient = true };
    }

    private static bool IsWithin(DateTimeOffset intentAt, double? unixSeconds) =>
        unixSeconds >= (intentAt - Before).ToUnixTimeSeconds() && unixSeconds <= (intentAt + After).ToUnixTimeSeconds();
}

/// <summary>One page of a listing.</summary>
/// <param name="HasMore">Whether older jobs follow.</param>
internal sealed record ListedPage(IReadOnlyList<ListedJob> Jobs, bool HasMore);

/// <summary>One job of a listing.</summary>
/// <param name="CreatedAt">Unix seconds by the provider's clock; whatever it says is bearable.</param>
/// <param name="IsAlike">Whether it has the inputs of what is looked for.</param>
internal readonly record struct ListedJob(string? Id, double? CreatedAt, bool IsAlike);
