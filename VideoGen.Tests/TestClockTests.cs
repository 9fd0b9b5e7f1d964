namespace VideoGen.Tests;

public sealed class TestClockTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task Advance_PastADelay_CompletesIt()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(5), _clock, TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(4.9));
        var early = delay.IsCompleted;
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(early);
        await delay;
    }

    [Fact]
    public void Advance_OverSeveralTimers_FiresThemInOrderAtTheirInstants()
    {
        List<(string Name, DateTimeOffset At)> fired = [];
        using var late = Timer("late", 3, period: 0, fired);
        using var often = Timer("often", 1, period: 2, fired);

        _clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(
            [("often", Second(1)), ("late", Second(3)), ("often", Second(3))],
            fired.OrderBy(entry => entry.At).ThenBy(entry => entry.Name, StringComparer.Ordinal));
        Assert.Equal(Second(4), _clock.Now);
    }

    [Fact]
    public void Dispose_OfATimer_KeepsItFromFiring()
    {
        List<(string Name, DateTimeOffset At)> fired = [];
        Timer("gone", 1, period: 0, fired).Dispose();

        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty(fired);
    }

    [Fact]
    public async Task UntilTimersAsync_TimerAddedLater_Completes()
    {
        var sleeping = _clock.UntilTimersAsync(1);
        var before = sleeping.IsCompleted;

        using var timer = Timer("any", 1, period: 0, []);

        Assert.False(before);
        await sleeping;
    }

    private static DateTimeOffset Second(int second) => TestClock.Start.AddSeconds(second);

    private ITimer Timer(string name, int due, int period, List<(string Name, DateTimeOffset At)> fired) => _clock.CreateTimer(
        _ => fired.Add((name, _clock.Now)),
        state: null,
        TimeSpan.FromSeconds(due),
        period == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(period));
}
