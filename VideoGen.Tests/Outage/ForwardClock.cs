namespace VideoGen.Tests.Outage;

/// <summary>The real clock, which can be put forward: what a simulated provider works on for hours is then finished at once.</summary>
internal sealed class ForwardClock : TimeProvider
{
    private long _aheadTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _aheadTicks));

    public void PutForward(TimeSpan by) => Interlocked.Add(ref _aheadTicks, by.Ticks);
}
