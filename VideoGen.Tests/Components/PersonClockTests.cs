using VideoGen.Web.Components;

namespace VideoGen.Tests.Components;

public sealed class PersonClockTests
{
    // 2030-01-02 03:04:05 UTC
    private readonly TestClock _clock = new();
    private readonly PersonClock _person;

    public PersonClockTests()
    {
        _person = new PersonClock(_clock);
    }

    [Theory]
    [InlineData(0, "now")]
    [InlineData(4, "now")]
    [InlineData(5, "5 s ago")]
    [InlineData(59, "59 s ago")]
    [InlineData(60, "1 min ago")]
    [InlineData(3599, "59 min ago")]
    [InlineData(3600, "1 h ago")]
    [InlineData((12 * 3600) - 1, "11 h ago")]
    [InlineData(12 * 3600, "Yesterday 15:04")]
    [InlineData(2 * 86400, "31 Dec 2029 03:04")]
    [InlineData(-3, "now")]
    [InlineData(-3600, "04:04")]
    [InlineData(-10 * 86400, "12 Jan 03:04")]
    public void Words_Age_IsSaidInFewWords(int secondsAgo, string words)
    {
        Assert.Equal(words, _person.Words(_clock.Now.AddSeconds(-secondsAgo)));
    }

    [Fact]
    public void Words_ThisYear_LeaveTheYearOut()
    {
        _clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal("2 Jan 03:04", _person.Words(TestClock.Start));
    }

    [Theory]
    [InlineData("Europe/Berlin", "04:04")]
    [InlineData("America/New_York", "22:04")]
    [InlineData("Asia/Kolkata", "08:34")]
    [InlineData("Nowhere/Atall", "03:04")]
    [InlineData("", "03:04")]
    [InlineData(null, "03:04")]
    public void Time_Zone_IsThePersonsOrUtc(string? zone, string time)
    {
        _person.UseZone(zone);

        Assert.Equal(time, _person.Time(TestClock.Start));
    }

    [Fact]
    public void Words_Zone_DecidesWhichDayWasYesterday()
    {
        _person.UseZone("America/New_York");

        // There it is still the evening of 1 January.
        Assert.Equal("09:04", _person.Words(_clock.Now.AddHours(-13)));
    }

    [Fact]
    public void Exact_Zone_SaysItsOffset()
    {
        _person.UseZone("Europe/Berlin");

        Assert.Equal("2 January 2030 04:04:05 (UTC+01:00)", _person.Exact(TestClock.Start));
    }
}
