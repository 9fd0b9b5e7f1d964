using System.Globalization;
using VideoGen.Web.Webhooks;

namespace VideoGen.Tests.Webhooks;

[Trait("Req", "R-63")]
public sealed class RecentKeysTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly TestClock _clock = new();
    private readonly RecentKeys _recent;

    public RecentKeysTests() => _recent = new RecentKeys(Window, _clock);

    [Fact]
    public void TryAdd_WithinTheWindow_CountsOnce()
    {
        Assert.True(_recent.TryAdd("a"));
        Assert.False(_recent.TryAdd("a"));
        Assert.True(_recent.TryAdd("b"));

        _clock.Advance(Window - TimeSpan.FromTicks(1));
        Assert.False(_recent.TryAdd("a"));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(_recent.TryAdd("a"));
    }

    [Fact]
    public void Remove_Added_CountsAgainForTheWholeWindow()
    {
        _recent.TryAdd("a");
        _recent.Remove("a");
        _clock.Advance(Window / 2);
        Assert.True(_recent.TryAdd("a"));

        _clock.Advance(Window / 2);
        Assert.False(_recent.TryAdd("a"));
    }

    [Fact]
    public void TryAdd_MoreThanFit_ForgetsTheOldest()
    {
        for (var index = 0; index <= RecentKeys.Most; index++)
        {
            Assert.True(_recent.TryAdd(index.ToString(CultureInfo.InvariantCulture)));
        }

        Assert.False(_recent.TryAdd("1000"));
        Assert.True(_recent.TryAdd("0"));
    }
}
