using System.Diagnostics.CodeAnalysis;
using VideoGen.Domain.Models;

namespace VideoGen.Domain.Jobs;

/// <summary>
/// Our record of one generation, from the person's wish to the kept video. Every change of status is one method here,
/// is checked against <see cref="JobTransitions"/> and appends a <see cref="JobEvent"/>; nothing else sets a status.
/// Not thread-safe: an instance belongs to the unit of work that loaded it.
/// </summary>
public sealed partial class GenerationJob
{
    /// <summary>Longest reason and failure message that is kept; providers write longer ones.</summary>
    public const int MaxTextLength = 500;

    /// <summary>Longest status word of a provider that is kept.</summary>
    public const int MaxProviderStatusLength = 64;

    /// <summary>For how long it counts that the process died while it worked on a job.</summary>
    public static readonly TimeSpan CrashMemory = TimeSpan.FromDays(1);

    private readonly List<JobEvent> _events = [];
    private readonly List<SubmissionAttempt> _attempts = [];

    private GenerationJob()
    {
    }

    /// <summary>Accepts a checked order from a person: a new job, <see cref="JobStatus.Queued"/>.</summary>
    public GenerationJob(JobOrder order, DateTimeOffset at)
    {
        Id = Guid.CreateVersion7(at);
        OwnerId = order.OwnerId;
        BatchId = order.BatchId;
        BatchIndex = order.BatchIndex;
        ProviderId = order.ProviderId;
        ModelId = order.ModelId;
        Prompt = order.Prompt;
        OriginalPrompt = order.OriginalPrompt;
        Width = order.Size.Width;
        Height = order.Size.Height;
        Duration = order.Duration;
        FrameRate = order.FrameRate;
        Seed = order.Seed;
        ReferenceImageKey = order.ReferenceImageKey;
        RemixOfJobId = order.Remix?.JobId;
        RemixOfProviderJobId = order.Remix?.ProviderJobId;
        ExpectedCost = order.ExpectedCost;
        CreatedAt = at;
        QueuedAt = at;
        StatusChangedAt = at;
        LastProgressAt = at;
        _events.Add(new JobEvent(Id, at, from: null, JobStatus.Queued, "Created", JobActor.Person(order.OwnerId)));
    }

    public Guid Id { get; private set; }

    public Guid OwnerId { get; private set; }

    /// <inheritdoc cref="JobOrder.BatchId"/>
    public Guid BatchId { get; private set; }

    /// <inheritdoc cref="JobOrder.BatchIndex"/>
    public int BatchIndex { get; private set; }

    public string ProviderId { get; private set; } = "";

    public string ModelId { get; private set; } = "";

    /// <inheritdoc cref="JobOrder.Prompt"/>
    public string Prompt { get; private set; } = "";

    /// <inheritdoc cref="JobOrder.OriginalPrompt"/>
    public string? OriginalPrompt { get; private set; }

    /// <summary>Pixels, as ordered.</summary>
    public int Width { get; private set; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; private set; }

    public VideoSize Size => new(Width, Height);

    /// <summary>Length of the video, as ordered.</summary>
    public TimeSpan Duration { get; private set; }

    /// <inheritdoc cref="JobOrder.FrameRate"/>
    public int? FrameRate { get; private set; }

    /// <inheritdoc cref="JobOrder.Seed"/>
    public long? Seed { get; private set; }

    /// <inheritdoc cref="JobOrder.ReferenceImageKey"/>
    public string? ReferenceImageKey { get; private set; }

    /// <summary>The job whose video this one remakes; <see langword="null"/> for a new video, and once that job is no longer kept.</summary>
    public Guid? RemixOfJobId { get; private set; }

    /// <summary>The provider's id of what this job remakes; <see langword="null"/> exactly for a new video.</summary>
    public string? RemixOfProviderJobId { get; private set; }

    /// <inheritdoc cref="JobOrder.ExpectedCost"/>
    public decimal? ExpectedCost { get; private set; }

    /// <summary>US dollars, set on completion; <see langword="null"/> while unknown.</summary>
    public decimal? Cost { get; private set; }

    public JobStatus Status { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it was last put into the queue: at creation, and again at each retry. Orders the queue.</summary>
    public DateTimeOffset QueuedAt { get; private set; }

    public DateTimeOffset StatusChangedAt { get; private set; }

    /// <summary>When the request of the present attempt was sent.</summary>
    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>When the provider accepted the present attempt.</summary>
    public DateTimeOffset? GeneratingAt { get; private set; }

    /// <summary>When the provider had finished the present attempt.</summary>
    public DateTimeOffset? SavingAt { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>The provider's id of the job we follow; <see langword="null"/> before acceptance. Unique within its provider.</summary>
    public string? ProviderJobId { get; private set; }

    /// <summary>The provider's own word for its status, as last read. Shown, never acted upon.</summary>
    public string? ProviderStatus { get; private set; }

    /// <summary>0 to 1 as the provider reported it, never falling; <see langword="null"/> when it reports none.</summary>
    public double? Progress { get; private set; }

    /// <summary>How many files the finished provider job has; 0 before it has finished.</summary>
    public int ResultCount { get; private set; }

    /// <summary>When the provider was told that it may drop what it keeps of this job; <see langword="null"/> while it was not.</summary>
    public DateTimeOffset? ReleasedAt { get; private set; }

    /// <summary>The last sign of life: a move, or progress at the provider.</summary>
    public DateTimeOffset LastProgressAt { get; private set; }

    /// <summary>When the provider was last asked and answered.</summary>
    public DateTimeOffset? LastCheckedAt { get; private set; }

    /// <summary>When its provider was last asked about its job, whatever came of it; <see langword="null"/> for never.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>Not before this instant is anything sent for this job; <see langword="null"/> for at once.</summary>
    public DateTimeOffset? NotBefore { get; private set; }

    /// <summary>How often in a row a step could not be done (provider or store unavailable); drives the back-off.</summary>
    public int Setbacks { get; private set; }

    /// <summary>How often in a row, when it was asked and answered, the provider did not know its job.</summary>
    public int UnknownLooks { get; private set; }

    /// <summary>From when on one more such answer counts; <see langword="null"/> for at once. Answers close together come from the same copy.</summary>
    public DateTimeOffset? UnknownCountsFrom { get; private set; }

    /// <summary>How often the process died while it worked on the job since it last got on; see <see cref="CrashesLately"/>.</summary>
    public int Crashes { get; private set; }

    /// <summary>When that was last found out; <see langword="null"/> for never.</summary>
    public DateTimeOffset? CrashedAt { get; private set; }

    public FailureKind? FailureKind { get; private set; }

    /// <inheritdoc cref="JobFailure.Message"/>
    public string? FailureMessage { get; private set; }

    /// <inheritdoc cref="JobFailure.Detail"/>
    public string? FailureDetail { get; private set; }

    /// <summary>When the owner asked to stop it. The engine carries the wish out.</summary>
    public DateTimeOffset? CancelRequestedAt { get; private set; }

    /// <summary>Until when a job that timed out is still looked for at the provider.</summary>
    public DateTimeOffset? LateChecksUntil { get; private set; }

    /// <summary>
    /// When a person reset it; <see langword="null"/> unless it is <see cref="JobStatus.Cancelled"/> and ready to be run again.
    /// </summary>
    public DateTimeOffset? ResetAt { get; private set; }

    /// <summary>
    /// Fencing token: taken (+1) by whoever starts to work on the job, and named in every write. A write under an older
    /// epoch changes nothing.
    /// </summary>
    public long Epoch { get; private set; }

    /// <summary>The process that works on it, or <see langword="null"/>.</summary>
    public string? LeaseOwner { get; private set; }

    /// <summary>Until when nobody else may take it.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>The history, as far as it was loaded, and what this unit of work has added.</summary>
    public IReadOnlyList<JobEvent> Events => _events;

    /// <summary>The submissions, as far as they were loaded.</summary>
    public IReadOnlyList<SubmissionAttempt> Attempts => _attempts;

    /// <summary>How many submissions there have been.</summary>
    public int AttemptCount { get; private set; }

    /// <summary>
    /// Whether the provider may have accepted its latest submission without our knowing, so that sending it again may be charged twice.
    /// Told from the row alone: a cancelled job that was sent and has no provider job was cancelled while it was unconfirmed.
    /// </summary>
    public bool MayHaveBeenAccepted => Status switch
    {
        JobStatus.Submitting or JobStatus.Unconfirmed => true,
        JobStatus.Failed => FailureKind is Jobs.FailureKind.Unconfirmed,
        JobStatus.Cancelled => SubmittedAt is not null && ProviderJobId is null,
        JobStatus.Queued or JobStatus.Generating or JobStatus.Saving or JobStatus.Completed => false,
    };

    /// <summary>Failures that lie between us and the provider job: see <see cref="MayStillBeThere"/>, which queries spell out with these.</summary>
    public static IReadOnlyList<FailureKind> KindsBetween { get; } =
    [
        Jobs.FailureKind.TimedOut,
        Jobs.FailureKind.Storage,
        Jobs.FailureKind.BadMedia,
        Jobs.FailureKind.ProviderDown,
        Jobs.FailureKind.RateLimited,
        Jobs.FailureKind.Credentials,
        Jobs.FailureKind.Quarantined,
    ];

    /// <summary>
    /// Whether what it failed on lies between us and a provider job that is paid for: asking again is free and may bring the video.
    /// What the provider itself has failed was released there.
    /// </summary>
    public bool MayStillBeThere =>
        this is { Status: JobStatus.Failed, ProviderJobId: not null, ReleasedAt: null }
        && FailureKind is { } kind && KindsBetween.Contains(kind);

    /// <summary>
    /// The provider's id that a sender left behind after it had lost the job; <see langword="null"/> when there is none, or when the
    /// attempts were not loaded.
    /// </summary>
    public string? AnswerLeftBehind =>
        ProviderJobId is null && MayHaveBeenAccepted ? _attempts.Find(attempt => attempt.Number == AttemptCount)?.ProviderJobId : null;

    /// <summary>The latest submission: it waits for its answer, or its answer was lost.</summary>
    private SubmissionAttempt OpenAttempt =>
        _attempts.Find(attempt => attempt.Number == AttemptCount)
        ?? throw new InvalidOperationException($"Job {Id} has no attempt, or its attempts were not loaded.");

    /// <summary>The <see cref="Crashes"/> that still count.</summary>
    public int CrashesLately(DateTimeOffset now) => CrashedAt > now - CrashMemory ? Crashes : 0;

    private void MoveTo(JobStatus to, string reason, JobActor actor, DateTimeOffset at)
    {
        if (!Status.CanBecome(to))
        {
            throw new InvalidJobTransitionException(Id, Status, to);
        }

        _events.Add(new JobEvent(Id, at, Status, to, Cut(reason, MaxTextLength), actor));
        Status = to;
        StatusChangedAt = at;
        LastProgressAt = at;
        NotBefore = null;
        Setbacks = 0;
        ForgetUnknownLooks();
        if (actor.PersonId is not null || to is not (JobStatus.Queued or JobStatus.Submitting or JobStatus.Unconfirmed))
        {
            // Round and round before its acceptance it has got nowhere.
            Crashes = 0;
            CrashedAt = null;
        }

        // A person's move fences off whatever the engine may still be doing for the state before it.
        if (actor.PersonId is not null)
        {
            Epoch++;
        }
    }

    private void ForgetUnknownLooks()
    {
        UnknownLooks = 0;
        UnknownCountsFrom = null;
    }

    // Two moves may lead to the same status: the table alone would let one stand in for the other.
    private void RequireStatus(JobStatus to, params ReadOnlySpan<JobStatus> from)
    {
        if (!from.Contains(Status))
        {
            throw new InvalidJobTransitionException(Id, Status, to);
        }
    }

    private void RequireProviderJob()
    {
        if (ProviderJobId is null)
        {
            throw new InvalidOperationException($"Job {Id} has no job at its provider to go on with.");
        }
    }

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Cut(string? text, int length)
    {
        // Half of a pair is no text, and PostgreSQL refuses it; as it does a zero character, which a provider's words may hold.
        text = text?.Replace('\0', ' ');
        if (text is null || text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }
}
