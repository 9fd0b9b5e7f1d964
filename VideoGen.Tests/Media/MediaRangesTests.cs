using System.Net;

namespace VideoGen.Tests.Media;

/// <summary>What a browser may ask of a video of 1000 bytes, and what it must get (RFC 9110, sections 13 and 14).</summary>
public sealed class MediaRangesTests(MediaHost host) : IClassFixture<MediaHost>
{
    private const string Tag = "\"" + MediaHost.Sha256 + "\"";
    private const string Made = "Thu, 02 Jan 2020 03:04:05 GMT";
    private const string DayBefore = "Wed, 01 Jan 2020 03:04:05 GMT";

    [Theory]
    [InlineData(200, 0, 999)]
    [InlineData(206, 0, 99, "Range: bytes=0-99")]
    [InlineData(206, 0, 0, "Range: bytes=0-0")]
    [InlineData(206, 999, 999, "Range: bytes=999-999")]
    [InlineData(206, 900, 999, "Range: bytes=900-")]
    [InlineData(206, 900, 999, "Range: bytes=-100")]
    [InlineData(206, 0, 999, "Range: bytes=0-5000")]
    [InlineData(206, 0, 999, "Range: bytes=-5000")]
    [InlineData(200, 0, 999, "Range: bytes=0-99,200-299")]
    [InlineData(200, 0, 999, "Range: bytes=50-10")]
    [InlineData(200, 0, 999, "Range: bytes=abc")]
    [InlineData(200, 0, 999, "Range: bytes 0-99")]
    [InlineData(200, 0, 999, "Range: items=0-99")]
    [InlineData(200, 0, 999, "Range: bytesx=0-99")]
    [InlineData(206, 0, 99, "Range: bytes=0-99", "If-Range: " + Tag)]
    [InlineData(206, 0, 99, "Range: bytes=0-99", "If-Range: " + Made)]
    [InlineData(200, 0, 999, "Range: bytes=0-99", "If-Range: \"other\"")]
    [InlineData(200, 0, 999, "Range: bytes=0-99", "If-Range: W/" + Tag)]
    [InlineData(200, 0, 999, "Range: bytes=0-99", "If-Range: " + DayBefore)]
    [InlineData(200, 0, 999, "If-None-Match: \"other\"")]
    [InlineData(200, 0, 999, "If-Match: " + Tag)]
    [InlineData(200, 0, 999, "If-Modified-Since: " + DayBefore)]
    [Trait("Req", "R-25")]
    public async Task Get_AnyRange_SendsExactlyTheseBytes(int status, int first, int last, params string[] headers)
    {
        using var response = await GetAsync(HttpMethod.Get, headers);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(MediaHost.Bytes[first..(last + 1)], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(last - first + 1, response.Content.Headers.ContentLength);
        Assert.Equal(status == 206 ? $"bytes {first}-{last}/1000" : null, response.Content.Headers.ContentRange?.ToString());
    }

    [Theory]
    [InlineData(416, "Range: bytes=1000-")]
    [InlineData(416, "Range: bytes=2000-3000")]
    [InlineData(416, "Range: bytes=-0")]
    [InlineData(304, "If-None-Match: " + Tag)]
    [InlineData(304, "If-None-Match: W/" + Tag)]
    [InlineData(304, "If-None-Match: *")]
    [InlineData(304, "If-None-Match: " + Tag, "Range: bytes=0-99")]
    [InlineData(304, "If-Modified-Since: " + Made)]
    [InlineData(412, "If-Match: \"other\"")]
    [InlineData(412, "If-Unmodified-Since: " + DayBefore)]
    [Trait("Req", "R-25")]
    public async Task Get_NothingToSend_SaysWhy(int status, params string[] headers)
    {
        using var response = await GetAsync(HttpMethod.Get, headers);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(status == 416 ? "bytes */1000" : null, response.Content.Headers.ContentRange?.ToString());
    }

    [Theory]
    [InlineData]
    [InlineData("Range: bytes=0-99")]
    [InlineData("Range: bytes=5000-")]
    [InlineData("Range: bytes=0-99", "If-Range: " + Tag)]
    [Trait("Req", "R-25")]
    public async Task Head_WithOrWithoutRange_DescribesTheWholeFile(params string[] headers)
    {
        using var response = await GetAsync(HttpMethod.Head, headers);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(MediaHost.Length, response.Content.Headers.ContentLength);
        Assert.Null(response.Content.Headers.ContentRange);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(Tag, response.Headers.ETag?.ToString());
    }

    [Fact]
    [Trait("Req", "R-25")]
    public async Task Get_Video_IsTypedTaggedAndCachedOnlyByTheBrowser()
    {
        using var response = await GetAsync(HttpMethod.Get, []);

        Assert.Equal("video/mp4", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(response.Headers.CacheControl is { Private: true, Public: false, MaxAge: not null });
        Assert.Equal("Cookie", Assert.Single(response.Headers.Vary));
        Assert.Equal("bytes", Assert.Single(response.Headers.AcceptRanges));
        Assert.Equal(Tag, response.Headers.ETag?.ToString());
        Assert.Equal(Made, response.Content.Headers.LastModified?.ToString("r"));
        Assert.Null(response.Content.Headers.ContentDisposition);
    }

    private Task<HttpResponseMessage> GetAsync(HttpMethod method, string[] headers) =>
        host.SendAsync(method, $"/media/videos/{host.Video.Id}", host.OwnerId, headers: headers);
}
