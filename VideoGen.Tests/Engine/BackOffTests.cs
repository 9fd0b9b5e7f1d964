using FsCheck;
using FsCheck.Fluent;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

[Trait("Req", "R-14")]
public sealed class BackOffTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly Arbitrary<(int Setbacks, double Jitter)> Any = (
        from setbacks in Gen.Choose(0, 100_000)
        from jitter in Gen.Choose(0, 1000)
        select (setbacks, jitter / 1000.0)).ToArbitrary();

    [Fact]
    public void After_AnySetbacks_StaysWithinItsBounds() => Prop.ForAll(Any, given =>
    {
        var wait = BackOff.After(given.Setbacks, asked: null, given.Jitter);
        return wait >= TimeSpan.FromSeconds(2.5) && wait <= Longest;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void After_OneSetbackMore_NeverWaitsLess() => Prop.ForAll(Any, given =>
        BackOff.After(given.Setbacks + 1, asked: null, jitter: 0) >= BackOff.After(given.Setbacks, asked: null, jitter: 1)
        || BackOff.After(given.Setbacks, asked: null, jitter: 1) == Longest).QuickCheckThrowOnFailure();

    [Fact]
    public void After_MoreJitter_WaitsLongerUpToTwice() => Prop.ForAll(Any, given =>
    {
        var shortest = BackOff.After(given.Setbacks, asked: null, jitter: 0);
        var wait = BackOff.After(given.Setbacks, asked: null, given.Jitter);
        return wait >= shortest && wait <= shortest * 2;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(600, 600)]
    [InlineData(3600, 3600)]
    [InlineData(3601, 3600)]
    public void After_ProviderAsks_WaitsThatLongWithinReason(int asked, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), BackOff.After(setbacks: 3, TimeSpan.FromSeconds(asked), jitter: 0.5));
}
