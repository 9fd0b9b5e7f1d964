using System.Text.Json.Nodes;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Simulator.Jobs;

/// <summary>A generation that a vendor has accepted. It advances with the clock alone: how it stands is worked out when somebody looks.</summary>
internal sealed class SimulatedJob
{
    private const double ShareWaiting = 0.1;
    private const double ShareWhereStalled = 0.4;

    private readonly Lock _lock = new();
    private readonly HashSet<MisbehaviourKind> _fate = [];
    private int _looks;

    public required string Id { get; init; }

    /// <summary>The name of the dialect that accepted it.</summary>
    public required string Dialect { get; init; }

    public required string Prompt { get; init; }

    public required string Model { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int Seconds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required TimeSpan GenerationTime { get; init; }

    /// <summary>What was asked for, as it came, for dialects that say it back or need more of it.</summary>
    public JsonObject? Asked { get; init; }

    /// <summary>The job that this one was made from.</summary>
    public string? MadeFrom { get; init; }

    public DateTimeOffset DueAt => CreatedAt + GenerationTime;

    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>Makes a misbehaviour part of the job: it shows at every look from now on.</summary>
    public void Doom(MisbehaviourKind kind)
    {
        lock (_lock)
        {
            _fate.Add(kind);
        }
    }

    /// <returns>False when it had ended already.</returns>
    public bool Cancel(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (CancelledAt is not null || Ended(now))
            {
                return false;
            }

            CancelledAt = now;
            return true;
        }
    }

    /// <summary>How the job stands.</summary>
    /// <param name="now">The present.</param>
    /// <param name="taken">What this one look is to get wrong.</param>
    public JobView Look(DateTimeOffset now, IReadOnlyCollection<MisbehaviourKind>? taken = null)
    {
        lock (_lock)
        {
            _looks++;
            var honest = Honest(now);
            if (honest.HasEnded)
            {
                return honest;
            }

            if (Shows(MisbehaviourKind.StatusBackwards, taken))
            {
                return honest with { State = JobState.Waiting, Progress = 0 };
            }

            return honest with
            {
                Progress = Shows(MisbehaviourKind.ProgressBackwards, taken) ? honest.Progress / 2 : honest.Progress,
                HasUnknownWord = taken?.Contains(MisbehaviourKind.UnknownStatusWord) == true || _fate.Contains(MisbehaviourKind.UnknownStatusWord),
            };
        }
    }

    private JobView Honest(DateTimeOffset now)
    {
        if (CancelledAt is not null)
        {
            return new JobView(this, JobState.Cancelled, ProgressAt(CancelledAt.Value), CancelledAt);
        }

        if (Ended(now))
        {
            var state = _fate.Contains(MisbehaviourKind.Moderated) ? JobState.Moderated
                : _fate.Contains(MisbehaviourKind.Failed) ? JobState.Failed
                : JobState.Finished;
            return new JobView(this, state, state is JobState.Finished ? 100 : ProgressAt(DueAt - (GenerationTime / 10)), DueAt);
        }

        return new JobView(this, ShareAt(now) < ShareWaiting ? JobState.Waiting : JobState.Running, ProgressAt(now), EndedAt: null);
    }

    // Only every second look, so that a reader sees the steps back and not just a slow job.
    private bool Shows(MisbehaviourKind kind, IReadOnlyCollection<MisbehaviourKind>? taken) =>
        taken?.Contains(kind) == true || (_fate.Contains(kind) && _looks % 2 == 0);

    private bool Ended(DateTimeOffset now) => now >= DueAt && !_fate.Contains(MisbehaviourKind.Stall);

    private int ProgressAt(DateTimeOffset now) =>
        (int)Math.Clamp(100 * (ShareAt(now) - ShareWaiting) / (1 - ShareWaiting), 0, 99);

    private double ShareAt(DateTimeOffset now)
    {
        var share = GenerationTime > TimeSpan.Zero ? (now - CreatedAt) / GenerationTime : 1;
        return _fate.Contains(MisbehaviourKind.Stall) ? Math.Min(share, ShareWhereStalled) : share;
    }
}
