using System.Collections.Concurrent;
using VideoGen.Domain.Providers;

namespace VideoGen.Tests.Engine;

/// <summary>The memory of an honest provider: what it has really made, and what its listing shows of that just now.</summary>
internal sealed class LifecycleListing(TestClock clock)
{
    /// <summary>More than one wait between looks, so that two of them see nothing; less than two, so that the third sees it.</summary>
    public static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(45);

    private readonly ConcurrentDictionary<string, (string Id, DateTimeOffset At)> _made = new(StringComparer.Ordinal);

    /// <summary>How long a job is made before the listing shows it. No lag where one look is certain.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>Why it cannot be read; <see langword="null"/> when it can.</summary>
    public VideoProviderException? Trouble { get; set; }

    public string? LatestId { get; private set; }

    public string Add(string submitKey, string id)
    {
        _made[submitKey] = (id, clock.Now);
        return LatestId = id;
    }

    public string? Find(SubmissionTrace trace, SubmissionLookup lookup)
    {
        if (Trouble is not null)
        {
            throw Trouble;
        }

        var lag = lookup is SubmissionLookup.Certain ? TimeSpan.Zero : Lag;
        return _made.TryGetValue(trace.SubmitKey, out var made) && made.At + lag <= clock.Now ? made.Id : null;
    }
}
