using System.Net;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;

namespace VideoGen.Tests.Providers.Transport;

/// <summary>Links that providers name: where they may lead, and what is sent there.</summary>
[Trait("Req", "R-20")]
public sealed class ResultLinksTests : IAsyncLifetime
{
    private const string Blocked = "The video of Acme cannot be fetched just now.";
    private const string NotFetched = "Acme named an address for the video that is not fetched from.";

    private readonly WireServer _server = new(Wire.Answer(200, "video"));
    private readonly TransportHarness _open;
    private readonly TransportHarness _strict;

    public ResultLinksTests()
    {
        _open = new TransportHarness(new Uri("https://acme.example/"));
        _strict = new TransportHarness(new Uri("https://acme.example/"), allowPrivate: false);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _open.DisposeAsync();
        await _strict.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Open_Link_IsFetchedWithoutAnyCredential()
    {
        _server.OnRequest = Wire.Answer(200, "video", "Set-Cookie: session=1");
        await (await OpenAsync(_open, _server.Address)).DisposeAsync();

        await using var result = await OpenAsync(_open, new Uri(_server.Address, "1.mp4?signature=a%2Fb"));

        Assert.Equal(5, result.Length);
        Assert.Equal("GET /v1/1.mp4?signature=a%2Fb", _server.Requests.Last().Line);
        Assert.All(_server.Requests, request =>
        {
            Assert.Null(request["Authorization"]);
            Assert.Null(request["Cookie"]);
            Assert.Null(request["Referer"]);
            Assert.Null(request["traceparent"]);
            Assert.DoesNotContain(TransportHarness.Key, request.Head, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("http://files.example/1.mp4")]
    [InlineData("https://files.example:8443/1.mp4")]
    [InlineData("https://files.example:22/1.mp4")]
    [InlineData("https://user@files.example/1.mp4")]
    [InlineData("https://user:word@files.example/1.mp4")]
    [InlineData("ftp://files.example/1.mp4")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://files.example/1")]
    [InlineData("data:video/mp4;base64,AAAA")]
    public async Task Open_AddressThatIsNone_IsNotConnectedTo(string link)
    {
        await using var strict = Resolving(_ => throw new InvalidOperationException("It was looked up."));

        var blocked = await Assert.ThrowsAsync<VideoProviderException>(() => OpenAsync(strict, new Uri(link)));

        Assert.Equal((NotFetched, FailureKind.ProviderError, true), (blocked.Message, blocked.Kind, blocked.IsTransient));
    }

    [Theory]
    [InlineData(8192, Blocked)]
    [InlineData(8193, NotFetched)]
    public async Task Open_LongLink_IsFetchedUpToALimit(int length, string message)
    {
        await using var strict = Resolving(_ => [IPAddress.Loopback]);
        const string Beginning = "https://files.example/?signature=";

        var link = new Uri(Beginning + new string('x', length - Beginning.Length));

        Assert.Equal(message, (await Assert.ThrowsAsync<VideoProviderException>(() => OpenAsync(strict, link))).Message);
    }

    [Theory]
    [InlineData("https://169.254.169.254/latest/meta-data", Blocked)]
    [InlineData("https://localhost/", Blocked)]
    [InlineData("http://files.example/1.mp4", NotFetched)]
    [InlineData("//169.254.169.254/", NotFetched)]
    public async Task Open_Redirect_IsJudgedAnew(string target, string message)
    {
        // The first step has to be on loopback and be allowed; from the second on the rules are those of a server.
        _server.OnRequest = (request, socket) =>
        {
            _open.Rules.AllowPrivateAddresses = false;
            return Wire.Answer(302, "", $"Location: {target}")(request, socket);
        };

        var blocked = await Assert.ThrowsAsync<VideoProviderException>(() => OpenAsync(_open, _server.Address));

        Assert.Equal((message, true), (blocked.Message, blocked.IsTransient));
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData("ftp://files.example/1.mp4")]
    [InlineData("http://user@127.0.0.1/1.mp4")]
    public async Task Open_RedirectToAnAddressThatIsNone_IsNotFollowed(string target)
    {
        _server.OnRequest = Wire.Answer(302, "", $"Location: {target}");

        Assert.Equal(NotFetched, (await Assert.ThrowsAsync<VideoProviderException>(() => OpenAsync(_open, _server.Address))).Message);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Open_Redirects_AreFollowedThreeTimes(int redirects, bool arrives)
    {
        _server.OnRequest = (request, socket) => _server.Requests.Count <= redirects
            ? Wire.Answer(302, "", $"Location: /{_server.Requests.Count}")(request, socket)
            : Wire.Answer(200, "video")(request, socket);

        var error = await Record.ExceptionAsync(() => OpenAsync(_open, _server.Address));

        Assert.Equal(arrives, error is null);
        Assert.Equal(4, _server.Requests.Count);
    }

    [Fact]
    [Trait("Req", "R-21")]
    public async Task OpenFresh_LinkExpired_AsksForAFreshOneOnce()
    {
        _server.OnRequest = (request, socket) =>
            Wire.Answer(request.Line.EndsWith('2') ? 200 : 403, "video")(request, socket);
        var asked = 0;

        await using var result = await OpenFreshAsync(() => new Uri(_server.Address, $"{++asked}"));

        Assert.Equal(2, asked);
        Assert.Equal(["GET /v1/1", "GET /v1/2"], _server.Requests.Select(request => request.Line), StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-21")]
    public async Task OpenFresh_FreshOneIsMissingToo_WaitsForALaterTime()
    {
        _server.OnRequest = Wire.Answer(404, "");
        var asked = 0;

        var missing = await Assert.ThrowsAsync<VideoProviderException>(() => OpenFreshAsync(() => new Uri(_server.Address, $"{++asked}?signature=1")));

        Assert.True(missing.IsResultMissing);
        Assert.Equal(2, asked);
        TransportHarness.AssertDiscreet(missing);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task OpenFresh_OtherTrouble_IsNotAskedForAgain(int status)
    {
        _server.OnRequest = Wire.Answer(status, "");
        var asked = 0;

        await Assert.ThrowsAsync<VideoProviderException>(() => OpenFreshAsync(() => new Uri(_server.Address, $"{++asked}")));

        Assert.Equal(1, asked);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Open_BlockedRefusedBrokenOrUnknown_IsTheSame()
    {
        await using var nowhere = Resolving(_ => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));
        await using var empty = Resolving(_ => []);
        await using var gone = new WireServer();
        await gone.DisposeAsync();
        await using var broken = new WireServer((_, socket) => Wire.ResetAsync(socket));

        VideoProviderException[] troubles =
        [
            await Assert.ThrowsAsync<VideoProviderException>(() => OpenAsync(_strict, new Uri("https://127.0.0.1/"))),
            await Assert.ThrowsAsync<VideoProviderException>(() => OpenAsync(nowhere, new Uri("https://files.example/"))),
            await Assert.ThrowsAsync<VideoProviderException>(() => OpenAsync(empty, new Uri("https://files.example/"))),
            await Assert.ThrowsAsync<VideoProviderException>(() => OpenAsync(_open, gone.Address)),
            await Assert.ThrowsAsync<VideoProviderException>(() => OpenAsync(_open, broken.Address)),
        ];

        Assert.All(troubles, trouble => Assert.Equal(
            (Blocked, null, FailureKind.ProviderDown, true, false),
            (trouble.Message, trouble.Detail, trouble.Kind, trouble.IsTransient, trouble.IsResultMissing)));
    }

    private Task<ProviderResult> OpenFreshAsync(Func<Uri> link) =>
        _open.Links.OpenFreshAsync(_ => Task.FromResult(link()), "Acme", CancellationToken.None);

    private static Task<ProviderResult> OpenAsync(TransportHarness transport, Uri link) => transport.Links.OpenAsync(link, "Acme", CancellationToken.None);

    private static TransportHarness Resolving(Func<string, IPAddress[]> hosts) =>
        new(new Uri("https://acme.example/"), allowPrivate: false, hosts: (host, _) => Task.FromResult(hosts(host)));
}
