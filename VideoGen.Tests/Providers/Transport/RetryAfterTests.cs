using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Transport;

[Trait("Req", "R-14")]
public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("Retry-After", "5", 5.0)]
    [InlineData("Retry-After", "0", 0.0)]
    [InlineData("Retry-After", "31536000", 31536000.0)]
    [InlineData("Retry-After", "99999999999999999999", null)]
    [InlineData("Retry-After", "-1", null)]
    [InlineData("Retry-After", "1.5", null)]
    [InlineData("Retry-After", "soon", null)]
    [InlineData("Retry-After", "", null)]
    [InlineData("Retry-After", "Wed, 02 Jan 2030 03:06:05 GMT", 120.0)]
    [InlineData("Retry-After", "Wed, 02 Jan 2019 03:06:05 GMT", 0.0)]
    [InlineData("retry-after-ms", "250", 0.25)]
    [InlineData("retry-after-ms", "1500.5", 1.5005)]
    [InlineData("retry-after-ms", "-250", null)]
    [InlineData("retry-after-ms", "NaN", null)]
    [InlineData("retry-after-ms", "Infinity", null)]
    [InlineData("retry-after-ms", "1e300", null)]
    [InlineData("X-Retry", "5", null)]
    public void Of_Header_IsReadWhereItCanBe(string header, string value, double? seconds)
    {
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(seconds, RetryAfter.Of(answer.Headers, TestClock.Start)?.TotalSeconds);
    }

    [Fact]
    public void Of_Both_TakesTheFinerOne()
    {
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation("Retry-After", "1");
        answer.Headers.TryAddWithoutValidation("retry-after-ms", "300");

        Assert.Equal(TimeSpan.FromMilliseconds(300), RetryAfter.Of(answer.Headers, TestClock.Start));
    }
}
