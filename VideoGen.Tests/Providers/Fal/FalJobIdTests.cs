using System.Text.Json;
using VideoGen.Web.Providers.Fal;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Fal;

[Trait("Req", "R-16")]
public sealed class FalJobIdTests
{
    private static readonly Uri Root = new("https://queue.fal.run/");

    [Theory]
    [InlineData("fal-ai/veo3.1", null, "fal-ai/veo3.1|r1")]
    [InlineData("fal-ai/kling-video/v2.5-turbo/pro/text-to-video", null, "fal-ai/kling-video|r1")]
    [InlineData("workflows/somebody/mine/now", null, "workflows/somebody/mine|r1")]
    [InlineData("fal-ai/veo3.1", "https://queue.fal.run/fal-ai/veo-next/requests/r1/status", "fal-ai/veo-next|r1")]
    [InlineData("fal-ai/veo3.1", "https://elsewhere.example/fal-ai/veo-next/requests/r1/status", "fal-ai/veo3.1|r1")]
    [InlineData("fal-ai/veo3.1", "https://queue.fal.run/fal-ai/veo-next/requests/r2/status", "fal-ai/veo3.1|r1")]
    [InlineData("fal-ai/veo3.1", "no link", "fal-ai/veo3.1|r1")]
    public void Of_Answer_KeepsTheAppOfItsOwnLinks(string endpoint, string? link, string expected)
    {
        var id = FalJobId.Of(endpoint, Submission("r1", link), Root, OnFal);

        Assert.Equal(expected, id?.ToString());
        Assert.Equal(id, FalJobId.Parse(expected));
    }

    [Fact]
    public void Of_NothingThatCanBeAskedAbout_IsNone()
    {
        Assert.Null(FalJobId.Of("fal-ai/veo3.1", Submission(requestId: null, link: null), Root, OnFal));
        Assert.Null(FalJobId.Of("fal-ai/veo3.1", Submission(new string('r', 500), link: null), Root, OnFal));
        Assert.Equal(512, FalJobId.Of("fal-ai/veo3.1", Submission(new string('r', 498), link: null), Root, OnFal)?.ToString().Length);
    }

    [Fact]
    public void Paths_OddRequest_StayBelowTheApp()
    {
        var id = FalJobId.Parse("fal-ai/veo3.1|a/../b?c");

        Assert.Equal("fal-ai/veo3.1/requests/a%2F..%2Fb%3Fc", id.ResultPath);
        Assert.Equal(("fal-ai/veo3.1/requests/a%2F..%2Fb%3Fc/status", "fal-ai/veo3.1/requests/a%2F..%2Fb%3Fc/cancel"), (id.StatusPath, id.CancelPath));
    }

    [Fact]
    public void Parse_NoSuchId_IsABug() => Assert.Throws<FormatException>(() => FalJobId.Parse("r1"));

    private static bool OnFal(Uri link) => string.Equals(link.Host, Root.Host, StringComparison.Ordinal);

    private static FalSubmission Submission(string? requestId, string? link) => JsonSerializer.Deserialize<FalSubmission>(
        JsonSerializer.Serialize(new Dictionary<string, string?>(StringComparer.Ordinal) { ["request_id"] = requestId, ["status_url"] = link }), BoundedJson.Options)!;
}
