using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Transport;

/// <summary>What becomes of the one request that may cost money; see docs/adr/0005-paying-once.md.</summary>
[Trait("Req", "R-16")]
public sealed class CreateTests : IAsyncLifetime
{
    private static readonly string TooLong = $$"""{"id":"{{new string('x', BoundedJson.MaxBytes)}}"}""";

    private readonly WireServer _server = new();
    private readonly TransportHarness _transport;

    public CreateTests() => _transport = new TransportHarness(_server.Address);

    /// <summary>Answers that leave open whether a job was made.</summary>
    public static TheoryData<string> LostAnswers => [.. Lost.Keys];

    private static Dictionary<string, Func<WireRequest, Socket, Task>> Lost { get; } = new(StringComparer.Ordinal)
    {
        ["reset"] = (_, socket) => Wire.ResetAsync(socket),
        ["closed"] = (_, socket) =>
        {
            socket.Close();
            return Task.CompletedTask;
        },
        ["cut"] = Wire.CutShort(200, """{"id":"1"}"""),
        ["no HTTP"] = (_, socket) => Wire.SendAsync(socket, "SSH-2.0-OpenSSH\r\n\r\n"u8.ToArray()),
        ["HTML"] = Wire.Answer(200, "<html>Welcome</html>", "Content-Type: text/html"),
        ["empty"] = Wire.Answer(200, ""),
        ["null"] = Wire.Answer(200, "null"),
        ["half"] = Wire.Answer(200, """{"id":"1"""),
        ["too long"] = Wire.Answer(200, TooLong),
        ["compressed"] = Wire.Answer(200, Compress("""{"id":"1"}"""), "Content-Encoding: gzip"),
        ["300"] = Wire.Answer(300, "", "Location: /elsewhere"),
        ["302"] = Wire.Answer(302, "", "Location: /elsewhere"),
        ["303"] = Wire.Answer(303, "", "Location: /elsewhere"),
        ["304"] = Wire.Answer(304, ""),
        ["408"] = Wire.Answer(408, "{}"),
        ["500"] = Wire.Answer(500, "{}"),
        ["502"] = Wire.Answer(502, "<html>Bad gateway</html>"),
        ["503"] = Wire.Answer(503, "{}", "Retry-After: 5"),
        ["504"] = Wire.Answer(504, "{}"),
    };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Create_Answered_GivesTheAnswerAndSendsTheKey()
    {
        _server.OnRequest = Wire.Answer(201, """{"id":"theirs","more":{"is":"ignored"}}""");

        Assert.Equal("theirs", (await _transport.CreateAsync()).Id);

        var request = Assert.Single(_server.Requests);
        Assert.Equal("POST /v1/jobs", request.Line);
        Assert.Equal($"Bearer {TransportHarness.Key}", request["Authorization"]);
        Assert.Equal(TransportHarness.Prompt, JsonDocument.Parse(request.Body).RootElement.GetProperty("prompt").GetString());
        Assert.Equal(Encoding.UTF8.GetByteCount(request.Body).ToString(CultureInfo.InvariantCulture), request["Content-Length"]);
        Assert.StartsWith("VideoGen/", request["User-Agent"], StringComparison.Ordinal);
        Assert.Null(request["traceparent"]);
        Assert.Null(request["Accept-Encoding"]);
    }

    [Fact]
    public async Task Create_AnswerBeginsWithAByteOrderMark_IsRead()
    {
        _server.OnRequest = Wire.Answer(200, [0xEF, 0xBB, 0xBF, .. """{"id":"theirs"}"""u8]);

        Assert.Equal("theirs", (await _transport.CreateAsync()).Id);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task Create_AnswerLost_IsNotSentAgain(string how)
    {
        _server.OnRequest = Lost[how];

        var lost = await Assert.ThrowsAsync<AnswerLostException>(() => _transport.CreateAsync());

        Assert.Single(_server.Requests);
        TransportHarness.AssertDiscreet(lost);
    }

    [Fact]
    public async Task Create_ResetBeforeItWasReadWhole_IsLost()
    {
        _server.OnConnect = async socket =>
        {
            await socket.ReceiveAsync(new byte[1]);
            await Wire.ResetAsync(socket);
        };

        await Assert.ThrowsAsync<AnswerLostException>(() => _transport.CreateAsync());
        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public async Task Create_NoAnswerInTime_IsLost()
    {
        using var timeout = new CancellationTokenSource();
        _server.OnRequest = async (_, _) => await timeout.CancelAsync();

        await Assert.ThrowsAsync<AnswerLostException>(() => _transport.CreateAsync(timeout.Token));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Create_KeptConnectionClosedAsItIsWritten_IsNeverSentAgain()
    {
        await _transport.ReadAsync();
        _server.OnRequest = (_, socket) =>
        {
            socket.Close();
            return Task.CompletedTask;
        };

        await Assert.ThrowsAsync<AnswerLostException>(() => _transport.CreateAsync());

        Assert.Equal(["GET /v1/jobs/1", "POST /v1/jobs"], _server.Requests.Select(request => request.Line), StringComparer.Ordinal);
        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public async Task Create_ConnectionRefused_IsProvablyUnsent()
    {
        await _server.DisposeAsync();

        AssertUnsent(await Assert.ThrowsAsync<VideoProviderException>(() => _transport.CreateAsync()));
    }

    [Fact]
    public async Task Create_UnknownHost_IsProvablyUnsent()
    {
        await using var transport = new TransportHarness(new Uri("https://nobody.invalid/"));

        AssertUnsent(await Assert.ThrowsAsync<VideoProviderException>(() => transport.CreateAsync()));
    }

    [Fact]
    public async Task Create_NoTls_IsProvablyUnsent()
    {
        _server.OnConnect = async socket =>
        {
            await Wire.SendAsync(socket, "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            socket.Close();
        };
        await using var transport = new TransportHarness(new UriBuilder(_server.Address) { Scheme = "https" }.Uri);

        AssertUnsent(await Assert.ThrowsAsync<VideoProviderException>(() => transport.CreateAsync()));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Create_NoConnectionInTime_IsProvablyUnsent()
    {
        await using var transport = new TransportHarness(_server.Address, handler =>
        {
            handler.ConnectTimeout = TimeSpan.FromMilliseconds(50);
            handler.ConnectCallback = async (_, cancelled) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
                return Stream.Null;
            };
        });

        AssertUnsent(await Assert.ThrowsAsync<VideoProviderException>(() => transport.CreateAsync()));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Create_ProviderHasMoved_IsRefusedAndNotFollowed(int status)
    {
        await using var elsewhere = new WireServer();
        _server.OnRequest = Wire.Answer(status, "", $"Location: {elsewhere.Address}");

        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => _transport.CreateAsync());

        Assert.Equal("Acme has moved. An administrator has to correct its base address.", refusal.Message);
        Assert.Equal((FailureKind.ProviderError, false), (refusal.Kind, refusal.IsTransient));
        Assert.Single(_server.Requests);
        Assert.Equal(0, elsewhere.Connections);
    }

    [Theory]
    [InlineData(400, FailureKind.InputRefused)]
    [InlineData(401, FailureKind.Credentials)]
    [InlineData(402, FailureKind.Quota)]
    [InlineData(403, FailureKind.Credentials)]
    [InlineData(404, FailureKind.RetiredModel)]
    [InlineData(409, FailureKind.InputRefused)]
    [InlineData(410, FailureKind.RetiredModel)]
    [InlineData(413, FailureKind.InputRefused)]
    [InlineData(422, FailureKind.InputRefused)]
    public async Task Create_Refused_SaysWhyAndIsNotSentAgain(int status, FailureKind kind)
    {
        var echo = JsonSerializer.Serialize(new { error = $"No: {TransportHarness.Prompt} with {TransportHarness.Key}" });
        _server.OnRequest = Wire.Answer(status, echo);

        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => _transport.CreateAsync());

        Assert.Equal((kind, false, null), (refusal.Kind, refusal.IsTransient, refusal.RetryAfter));
        Assert.Contains("No: ", refusal.Detail, StringComparison.Ordinal);
        Assert.Single(_server.Requests);
        TransportHarness.AssertDiscreet(refusal);
    }

    [Theory]
    [InlineData("Retry-After: 7", 7.0)]
    [InlineData("Retry-After: 31536000", 31536000.0)]
    [InlineData("Retry-After: Wed, 02 Jan 2030 03:05:05 GMT", 60.0)]
    [InlineData("Retry-After: Tue, 02 Jan 2029 03:05:05 GMT", 0.0)]
    [InlineData("Retry-After: soon", null)]
    [InlineData("Retry-After: -5", null)]
    [InlineData("X-Other: 1", null)]
    [Trait("Req", "R-14")]
    public async Task Create_AskedToSlowDown_MayBeSentLater(string header, double? seconds)
    {
        _server.OnRequest = Wire.Answer(429, "{}", header);

        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => _transport.CreateAsync());

        Assert.Equal((FailureKind.RateLimited, true), (refusal.Kind, refusal.IsTransient));
        Assert.Equal(seconds, refusal.RetryAfter?.TotalSeconds);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Create_RefusalCutShort_IsStillARefusal()
    {
        _server.OnRequest = Wire.CutShort(403, """{"error":""");

        Assert.Equal(FailureKind.Credentials, (await Assert.ThrowsAsync<VideoProviderException>(() => _transport.CreateAsync())).Kind);
    }

    [Theory]
    [InlineData("http://elsewhere.example/jobs")]
    [InlineData("//elsewhere.example/jobs")]
    [InlineData("http://127.0.0.1:1/v1/jobs")]
    public async Task Create_AnotherHost_IsNotSpokenTo(string address)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("") };

        await Assert.ThrowsAsync<VideoProviderException>(() => _transport.Http.CreateAsync<Answer>(request, TransportHarness.Prompt, CancellationToken.None));
        Assert.Equal(0, _server.Connections);
    }

    private static void AssertUnsent(VideoProviderException unsent)
    {
        Assert.Equal((FailureKind.ProviderDown, true), (unsent.Kind, unsent.IsTransient));
        TransportHarness.AssertDiscreet(unsent);
    }

    private static byte[] Compress(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}
