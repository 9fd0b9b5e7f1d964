using System.Globalization;
using VideoGen.Web;

namespace VideoGen.Tests.Crash;

/// <summary>What happens in one run. All of it follows from the seed; when the server gets how far does not.</summary>
/// <param name="Seed">Makes the same plan again.</param>
/// <param name="GenerationTime">How long a video takes at every provider.</param>
/// <param name="Jobs">What is there before the first life.</param>
/// <param name="Lives">Each ends with a kill. What comes after them lives until everything is done.</param>
internal sealed record CrashPlan(int Seed, TimeSpan GenerationTime, IReadOnlyList<CrashOrder> Jobs, IReadOnlyList<CrashLife> Lives)
{
    /// <summary>How many named points a run walks past: a server for each, all on one folder.</summary>
    public const int PointsPerRun = 8;

    /// <summary>Where the server is killed by name, in the order of a job's life.</summary>
    public static readonly IReadOnlyList<string> Points =
    [
        CrashPoint.IntentWritten, CrashPoint.IntentCommitted, CrashPoint.RequestReady, CrashPoint.RequestSent,
        CrashPoint.AnswerLost, CrashPoint.Answered, CrashPoint.AnswerCommitted, CrashPoint.SubmissionMissing,

        CrashPoint.SubmissionFound, CrashPoint.Checked, CrashPoint.SavingBegun, CrashPoint.DownloadBegun,
        CrashPoint.DownloadWhole, CrashPoint.FactsWritten, CrashPoint.DownloadReady, CrashPoint.FileWritten,

        CrashPoint.FileFlushed, CrashPoint.FileRenamed, CrashPoint.VideoStored, CrashPoint.Stored,
        CrashPoint.Completed, CrashPoint.SpoolReleased, CrashPoint.Released, CrashPoint.StoppedAtProvider,
    ];

    // Every job reaches the others; these take something that only one job has.
    private static readonly string[] ReachedOnce =
        [CrashPoint.AnswerLost, CrashPoint.SubmissionMissing, CrashPoint.SubmissionFound, CrashPoint.StoppedAtProvider];

    private static readonly string[] Words = ["[sim:answer-lost]", "[sim:reset-after-read]", "[sim:slow]"];

    /// <summary>Kills at random moments, and a provider that is unwell now and then.</summary>
    public static CrashPlan AtRandomMoments(int seed)
    {
        var random = new Random(seed);
        var jobs = CrashOrder.OneOfEach.Concat(CrashOrder.OneOfEach).Select(order => Unwell(order, random)).ToList();
        var generationTime = TimeSpan.FromSeconds(random.Next(4));
        var lives = Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomLife(random)).ToList();
        return new CrashPlan(seed, generationTime, jobs, lives);
    }

    /// <summary>Stops at random moments, as a service manager asks for them (G10).</summary>
    public static CrashPlan ToldToStop(int seed)
    {
        var plan = AtRandomMoments(seed);
        return plan with { Lives = [.. plan.Lives.Select(life => life with { IsReady = true, IsTold = true })] };
    }

    /// <summary>Kills at the named points, eight in each of three parts.</summary>
    public static CrashPlan AtPoints(int seed, int part)
    {
        var random = new Random(HashCode.Combine(seed, part));
        var lives = Points.Skip(part * PointsPerRun).Take(PointsPerRun).Select(point => LifeUpTo(point, random)).ToList();
        if (CrashSettings.Only is { } only)
        {
            lives.RemoveAll(life => !only.Any(life.IsAt));
        }

        // What is saved is finished at once, what is submitted goes on for a while.
        var generationTime = TimeSpan.FromSeconds(part == 0 ? 2 : 0);
        return new CrashPlan(seed, generationTime, [.. CrashOrder.OneOfEach, CrashOrder.ToBeStopped], lives);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"seed={Seed} generation={GenerationTime.TotalSeconds}s kills: {string.Join(", ", Lives)}");

    private static CrashOrder Unwell(CrashOrder order, Random random) =>
        order.Provider is not CrashOrder.Local && random.Next(6) == 0 ? order with { Word = Words[random.Next(Words.Length)] } : order;

    private static CrashLife RandomLife(Random random)
    {
        var fresh = Enumerable.Range(0, random.Next(4)).Select(_ => Unwell(CrashOrder.OfAny(random), random)).ToList();

        // Now and then before it listens: while it migrates, sweeps and takes up its jobs.
        var isReady = random.Next(5) != 0;
        return new CrashLife(Point: null, isReady, TimeSpan.FromMilliseconds(random.Next(isReady ? 4000 : 2000)), fresh);
    }

    // Each with jobs that have all of their life before them: the others may be beyond the point.
    private static CrashLife LifeUpTo(string point, Random random)
    {
        var word = point switch
        {
            CrashPoint.SubmissionMissing => "[sim:reset-after-read]",
            CrashPoint.SubmissionFound => "[sim:answer-lost]",
            _ => null,
        };
        List<CrashOrder> fresh = [new(CrashOrder.Listing, word), new("fal"), new(CrashOrder.Local), CrashOrder.OfAny(random)];
        var times = ReachedOnce.Contains(point, StringComparer.Ordinal) ? 1 : random.Next(1, 4);
        return new CrashLife(string.Create(CultureInfo.InvariantCulture, $"{point}:{times}"), IsReady: true, Delay: TimeSpan.Zero, fresh);
    }
}

/// <summary>One life of the server.</summary>
/// <param name="Point">Where it ends itself; <see langword="null"/> when it is killed from outside.</param>
/// <param name="IsReady">Whether it is killed after it has begun to listen.</param>
/// <param name="Delay">How long after that, or after its start, it is killed.</param>
/// <param name="Fresh">Jobs that are there since the life before it ended.</param>
internal sealed record CrashLife(string? Point, bool IsReady, TimeSpan Delay, IReadOnlyList<CrashOrder> Fresh)
{
    /// <summary>Whether it is asked to end instead of being killed.</summary>
    public bool IsTold { get; init; }

    public bool IsAt(string point) => string.Equals(Point?.Split(':')[0], point, StringComparison.Ordinal);

    public override string ToString() => Point ?? string.Create(
        CultureInfo.InvariantCulture, $"{(IsTold ? "told " : "")}{Delay.TotalMilliseconds:0} ms after {(IsReady ? "ready" : "start")}");
}

/// <summary>One job to be made.</summary>
/// <param name="Provider">Its id.</param>
/// <param name="Word">A misbehaviour in the words of the simulator.</param>
internal sealed record CrashOrder(string Provider, string? Word = null)
{
    public const string Local = "local";

    /// <summary>A provider whose listing shows every submission by its attempt.</summary>
    public const string Listing = "luma";

    private static readonly string[] Providers =
        [Local, "openai", "azure-openai", "litellm", "azure-sora", "runway", "luma", "luma-agents", "fal", "replicate", "vertex", "gemini"];

    public static IEnumerable<CrashOrder> OneOfEach => OfEach(1);

    /// <summary>Never ends, and its owner wants it stopped.</summary>
    public static CrashOrder ToBeStopped => new("fal", "[sim:stall]");

    public bool IsToBeStopped => this == ToBeStopped;

    public static IEnumerable<CrashOrder> OfEach(int count) => Enumerable.Repeat(Providers, count).SelectMany(all => all).Select(provider => new CrashOrder(provider));

    public static CrashOrder OfAny(Random random) => new(Providers[random.Next(Providers.Length)]);
}
