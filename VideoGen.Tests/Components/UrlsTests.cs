using VideoGen.Web.Components;

namespace VideoGen.Tests.Components;

public sealed class UrlsTests
{
    [Theory]
    [InlineData("/gallery", "/gallery")]
    [InlineData("/gallery?q=a%20b&page=2#top", "/gallery?q=a%20b&page=2#top")]
    [InlineData("/", "/")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("gallery", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\/evil.example", "/")]
    [InlineData("/\r\n/evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example/gallery", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public void LocalOrStart_Address_NeverLeadsElsewhere(string? url, string leadsTo)
    {
        Assert.Equal(leadsTo, Urls.LocalOrStart(url));
    }

    [Theory]
    [InlineData(null, "/sign-in")]
    [InlineData("/", "/sign-in")]
    [InlineData("/gallery?q=ä&x=1", "/sign-in?returnUrl=%2Fgallery%3Fq%3D%C3%A4%26x%3D1")]
    public void SignIn_ReturnAddress_IsEscaped(string? returnTo, string url)
    {
        Assert.Equal(url, Urls.SignIn(returnTo));
    }
}
