using VideoGen.Web.Providers;

namespace VideoGen.Tests.Providers;

[Trait("Req", "R-14")]
public sealed class RetryBudgetTests
{
    private readonly TestClock _clock = new();
    private readonly RetryBudget _budget;

    public RetryBudgetTests() => _budget = new RetryBudget(_clock);

    [Fact]
    public void TrySpend_QuietTime_HasTenAtMost()
    {
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(10, SpendAll());
    }

    [Fact]
    public void TrySpend_NothingElseIsAsked_OneASecond()
    {
        SpendAll();

        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(0, SpendAll());
        _clock.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Equal(3, SpendAll());
    }

    [Fact]
    public void TrySpend_HundredAsked_TenMore()
    {
        SpendAll();
        for (var asked = 0; asked < 100; asked++)
        {
            _budget.Earn();
        }

        Assert.InRange(SpendAll(), 9, 10);
    }

    private int SpendAll()
    {
        // A budget without end ends here, and is too much.
        var spent = 0;
        while (spent < 1000 && _budget.TrySpend())
        {
            spent++;
        }

        return spent;
    }
}
