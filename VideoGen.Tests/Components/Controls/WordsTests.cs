using VideoGen.Domain.Models;
using VideoGen.Domain.Progress;
using VideoGen.Web.Components.Controls;

namespace VideoGen.Tests.Components.Controls;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(169, "2 min 49 s")]
    [InlineData(3900, "1 h 5 min")]
    public void Span_SaysUnits(double seconds, string expected) => Assert.Equal(expected, Words.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(7, "0:07")]
    [InlineData(102, "1:42")]
    [InlineData(3725, "1:02:05")]
    [InlineData(-3, "0:00")]
    public void Clock_Runs(double seconds, string expected) => Assert.Equal(expected, Words.Clock(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [Trait("Req", "R-13")]
    [InlineData(0, 59, "under a minute left")]
    [InlineData(70, 119, "1–2 min left")]
    [InlineData(10, 100, "under 2 min left")]
    [InlineData(3600, 7200, "1–2 h left")]
    public void Left_IsARange(double min, double max, string expected) =>
        Assert.Equal(expected, Words.Left(new TimeRange(TimeSpan.FromSeconds(min), TimeSpan.FromSeconds(max))));

    [Theory]
    [Trait("Req", "R-05")]
    [InlineData(20, 20, "about 20 s")]
    [InlineData(5, 30, "5–30 s")]
    [InlineData(120, 240, "2–4 min")]
    public void Usual_IsARange(double min, double max, string expected) =>
        Assert.Equal(expected, Words.Usual(new UsualTime(TimeSpan.FromSeconds(min), TimeSpan.FromSeconds(max))));

    [Fact]
    [Trait("Req", "R-05")]
    public void Money_SaysFreeAndUnknown()
    {
        Assert.Equal("Free", Words.Money(0));
        Assert.Equal("$2.40", Words.Money(2.4m));
        Assert.Equal("$0.005", Words.Money(0.005m));
        Assert.Equal("Price not known", Words.Money(null));
    }

    [Theory]
    [InlineData(1, "1st")]
    [InlineData(2, "2nd")]
    [InlineData(3, "3rd")]
    [InlineData(4, "4th")]
    [InlineData(11, "11th")]
    [InlineData(13, "13th")]
    [InlineData(21, "21st")]
    [InlineData(112, "112th")]
    public void Ordinal_EndsRight(int number, string expected) => Assert.Equal(expected, Words.Ordinal(number));

    [Fact]
    public void Percent_IsNever100BeforeItIsDone() => Assert.Equal(99, Words.Percent(1));

    [Fact]
    [Trait("Req", "R-12")]
    public void Percent_OfEveryHundredth_IsThatHundredth() =>
        Assert.Equal(Enumerable.Range(0, 100), Enumerable.Range(0, 100).Select(percent => Words.Percent(percent / 100.0)));

    [Theory]
    [InlineData(999, "999 bytes")]
    [InlineData(12_400_000, "12.4 MB")]
    [InlineData(1_000_000_000, "1.0 GB")]
    public void Bytes_SaysUnits(long bytes, string expected) => Assert.Equal(expected, Words.Bytes(bytes));

    [Fact]
    public void Count_OfOne_HasNoEnding()
    {
        Assert.Equal("1 video", Words.Count(1, "video"));
        Assert.Equal("1,284 videos", Words.Count(1284, "video"));
    }
}
