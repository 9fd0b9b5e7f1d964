using System.Net;

namespace VideoGen.Tests.Media;

public sealed class MediaEndpointsTests(MediaHost host) : IClassFixture<MediaHost>
{
    private string VideoAddress => $"/media/videos/{host.Video.Id}";

    private string PosterAddress => $"/media/posters/{host.Video.Id}";

    private string ReferenceAddress => $"/media/jobs/{host.Job.Id}/reference";

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Get_OwnFiles_AreSent()
    {
        using var poster = await GetAsync(PosterAddress, host.OwnerId);
        using var reference = await GetAsync(ReferenceAddress, host.OwnerId);

        Assert.Equal(("image/jpeg", "poster"), (poster.Content.Headers.ContentType?.ToString(), await poster.Content.ReadAsStringAsync()));
        Assert.Equal(("image/png", "reference"), (reference.Content.Headers.ContentType?.ToString(), await reference.Content.ReadAsStringAsync()));
        Assert.All([poster, reference], response => Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options"))));
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Get_OfSomebodyElse_LooksLikeMissing()
    {
        string[] foreign = [VideoAddress, PosterAddress, ReferenceAddress];
        string[] missing = [$"/media/videos/{Guid.NewGuid()}", $"/media/posters/{Guid.NewGuid()}", $"/media/jobs/{Guid.NewGuid()}/reference"];
        foreach (var (theirs, nobodys) in foreign.Zip(missing))
        {
            using var first = await GetAsync(theirs, host.StrangerId);
            using var second = await GetAsync(nobodys, host.StrangerId);

            Assert.Equal(HttpStatusCode.NotFound, first.StatusCode);
            Assert.Equal(HeadersOf(second), HeadersOf(first));
            Assert.Equal(await second.Content.ReadAsStringAsync(), await first.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Get_ByAnAdministrator_IsSent()
    {
        foreach (var address in new[] { VideoAddress, PosterAddress, ReferenceAddress })
        {
            using var response = await host.SendAsync(HttpMethod.Get, address, host.StrangerId, admin: true);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Get_NotSignedIn_IsRefused()
    {
        foreach (var address in new[] { VideoAddress, PosterAddress, ReferenceAddress })
        {
            using var response = await GetAsync(address, person: null);

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData("none", HttpStatusCode.OK)]
    [Trait("Req", "R-50")]
    public async Task Get_FromAPageOfAnotherSite_IsRefused(string site, HttpStatusCode status)
    {
        using var response = await host.SendAsync(HttpMethod.Get, VideoAddress, host.OwnerId, headers: $"Sec-Fetch-Site: {site}");

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("/media/videos/1")]
    [InlineData("/media/videos/..%2f..%2fetc%2fpasswd")]
    [InlineData("/media/jobs/x/reference")]
    public async Task Get_IdThatIsNone_IsNotFound(string address)
    {
        using var response = await GetAsync(address, host.OwnerId);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Post_AnyAddress_IsNotAllowed()
    {
        using var response = await host.SendAsync(HttpMethod.Post, VideoAddress, host.OwnerId);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    [Trait("Req", "R-24")]
    public async Task Get_RowWithoutFile_IsNotFoundAndLogged()
    {
        var (_, video) = await host.AddVideoAsync("Lost");

        using var response = await GetAsync($"/media/videos/{video.Id}", host.OwnerId);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(host.Errors, message => message.Contains(video.StoreKey, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Req", "R-30")]
    public async Task Get_Download_IsNamedAfterThePromptAndStartsNoHeaderOfItsOwn()
    {
        using var response = await GetAsync(VideoAddress + "?download", host.OwnerId);

        var disposition = response.Content.Headers.ContentDisposition;
        Assert.Equal("attachment", disposition?.DispositionType);
        Assert.Equal("Füchse im Schnee.mp4", disposition?.FileNameStar);
        Assert.False(response.Headers.Contains("X-Evil"));
        Assert.Equal(MediaHost.Bytes, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact(Timeout = 120_000)]
    [Trait("Req", "R-25")]
    public async Task Get_AbortedManyTimes_LeavesNoFileOpen()
    {
        var (_, video) = await host.AddVideoAsync("Long");
        await host.PutAsync(video.StoreKey, new byte[4 * 1024 * 1024]);
        for (var round = 0; round < 200; round++)
        {
            using var response = await host.SendAsync(HttpMethod.Get, $"/media/videos/{video.Id}", host.OwnerId, headers: $"Range: bytes={round}-");
            await using var body = await response.Content.ReadAsStreamAsync();
            await body.ReadExactlyAsync(new byte[10]);
        }

        await Eventually.HoldsAsync(() => !OpenFiles().Any(path => path.EndsWith(video.StoreKey, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> OpenFiles() =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(entry => new FileInfo(entry).LinkTarget).OfType<string>();

    private static string HeadersOf(HttpResponseMessage response) =>
        string.Join('\n', response.Headers.Concat(response.Content.Headers)
            .Where(header => !string.Equals(header.Key, "Date", StringComparison.Ordinal))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));

    private Task<HttpResponseMessage> GetAsync(string path, Guid? person) => host.SendAsync(HttpMethod.Get, path, person);
}
