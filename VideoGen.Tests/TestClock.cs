namespace VideoGen.Tests;

/// <summary>
/// A clock that only moves when the test says so. Timers, and with them <c>Task.Delay(span, clock)</c> and periodic timers,
/// fire in order of their due times while it moves. Callbacks run on the thread that moves it.
/// </summary>
internal sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    /// <summary>Whole, in UTC, and unlike today, so that a real clock in the code under test shows.</summary>
    public static readonly DateTimeOffset Start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<TestTimer> _active = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private DateTimeOffset _now = start;

    public TestClock()
        : this(Start)
    {
    }

    public DateTimeOffset Now => GetUtcNow();

    /// <summary>One tick of the timestamp is one tick of <see cref="TimeSpan"/>.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on by this much, firing what falls due on the way at its own instant.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = GetUtcNow() + by;
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            _now = target;
        }
    }

    /// <summary>Completes as soon as at least this many timers wait, so that a test moves the clock only when the code under test sleeps.</summary>
    public Task UntilTimersAsync(int count)
    {
        lock (_lock)
        {
            if (_active.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task;
        }
    }

    private TestTimer? TakeDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            var next = _active.MinBy(timer => timer.DueAt);
            if (next is null || next.DueAt > target)
            {
                return null;
            }

            _now = next.DueAt > _now ? next.DueAt : _now;
            if (next.Period > TimeSpan.Zero)
            {
                next.DueAt += next.Period;
            }
            else
            {
                _active.Remove(next);
            }

            return next;
        }
    }

    private void Schedule(TestTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _active.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.DueAt = _now + dueTime;
            timer.Period = period;
            _active.Add(timer);
            foreach (var entry in _waiting.FindAll(entry => _active.Count >= entry.Count))
            {
                entry.Reached.SetResult();
                _waiting.Remove(entry);
            }
        }
    }

    private sealed class TestTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Schedule(this, dueTime, period);
            return true;
        }

        public void Dispose() => clock.Schedule(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
