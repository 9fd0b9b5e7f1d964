using System.Net;
using System.Net.Sockets;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Transport;

/// <summary>Questions about a job that is paid for: whatever may pass must not end it.</summary>
[Trait("Req", "R-14")]
public sealed class ReadTests : IAsyncLifetime
{
    private readonly WireServer _server = new();
    private readonly TransportHarness _transport;

    public ReadTests() => _transport = new TransportHarness(_server.Address);

    public static TheoryData<string> BrokenAnswers => [.. Broken.Keys];

    private static Dictionary<string, Func<WireRequest, Socket, Task>> Broken { get; } = new(StringComparer.Ordinal)
    {
        ["reset"] = (_, socket) => Wire.ResetAsync(socket),
        ["cut"] = Wire.CutShort(200, """{"id":"1"}"""),
        ["HTML"] = Wire.Answer(200, "<html>Welcome</html>"),
        ["empty"] = Wire.Answer(200, ""),
        ["null"] = Wire.Answer(200, "null"),
        ["too long"] = Wire.Answer(200, $$"""{"id":"{{new string('x', BoundedJson.MaxBytes)}}"}"""),
        ["endless headers"] = Wire.Answer(200, "{}", $"X-Long: {new string('x', 70 * 1024)}"),
    };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Read_Answered_GivesTheAnswer()
    {
        _server.OnRequest = Wire.Answer(200, """{"id":"theirs"}""");

        Assert.Equal("theirs", (await _transport.ReadAsync()).Id);
    }

    [Theory]
    [MemberData(nameof(BrokenAnswers))]
    public async Task Read_AnswerBroken_MayPass(string how)
    {
        _server.OnRequest = Broken[how];

        var trouble = await Assert.ThrowsAsync<VideoProviderException>(() => _transport.ReadAsync());

        Assert.Equal((FailureKind.ProviderDown, true), (trouble.Kind, trouble.IsTransient));
        TransportHarness.AssertDiscreet(trouble);
    }

    [Fact]
    public async Task Read_NobodyThere_MayPass()
    {
        await _server.DisposeAsync();

        Assert.True((await Assert.ThrowsAsync<VideoProviderException>(() => _transport.ReadAsync())).IsTransient);
    }

    [Theory]
    [InlineData(301, FailureKind.ProviderDown)]
    [InlineData(400, FailureKind.ProviderDown)]
    [InlineData(401, FailureKind.Credentials)]
    [InlineData(402, FailureKind.Quota)]
    [InlineData(403, FailureKind.Credentials)]
    [InlineData(408, FailureKind.ProviderDown)]
    [InlineData(422, FailureKind.ProviderDown)]
    [InlineData(429, FailureKind.RateLimited)]
    [InlineData(500, FailureKind.ProviderDown)]
    [InlineData(503, FailureKind.ProviderDown)]
    public async Task Read_Trouble_MayPass(int status, FailureKind kind)
    {
        _server.OnRequest = Wire.Answer(status, $$"""{"error":"for {{TransportHarness.Key}}"}""", "Retry-After: 9", "Location: /elsewhere");

        var trouble = await Assert.ThrowsAsync<VideoProviderException>(() => _transport.ReadAsync());

        Assert.Equal((kind, true), (trouble.Kind, trouble.IsTransient));
        Assert.StartsWith($"HTTP {status} ", trouble.Detail, StringComparison.Ordinal);
        Assert.Single(_server.Requests);
        TransportHarness.AssertDiscreet(trouble);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Read_AskedToWait_SaysHowLong(int status)
    {
        _server.OnRequest = Wire.Answer(status, "{}", "Retry-After: 9");

        Assert.Equal(TimeSpan.FromSeconds(9), (await Assert.ThrowsAsync<VideoProviderException>(() => _transport.ReadAsync())).RetryAfter);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Read_JobUnknown_IsLost(int status)
    {
        _server.OnRequest = Wire.Answer(status, "{}");

        var lost = await Assert.ThrowsAsync<VideoProviderException>(() => _transport.ReadAsync());

        Assert.Equal((FailureKind.LostAtProvider, false), (lost.Kind, lost.IsTransient));
        Assert.Equal("Job not found - it may have expired.", lost.Message);
    }

    [Fact]
    public async Task Read_NoAnswerFor30Seconds_MayPass()
    {
        _server.OnRequest = (_, _) =>
        {
            _transport.Clock.Advance(TimeSpan.FromSeconds(30));
            return Task.CompletedTask;
        };

        Assert.True((await Assert.ThrowsAsync<VideoProviderException>(() => _transport.ReadAsync())).IsTransient);
    }

    [Fact]
    public async Task Read_CallerStops_IsNoTroubleOfTheProvider()
    {
        using var stopping = new CancellationTokenSource();
        _server.OnRequest = async (_, _) => await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _transport.ReadAsync(stopping.Token));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task TryRead_Refused_GivesTheRefusal(int status)
    {
        _server.OnRequest = Wire.Answer(status, """{"error":{"code":"gone"}}""");

        var answer = await _transport.Http.TryReadAsync<Answer>(new HttpRequestMessage(HttpMethod.Get, "jobs/1"), CancellationToken.None);

        Assert.Null(answer.Value);
        Assert.Equal(((HttpStatusCode)status, "gone"), (answer.Error!.Status, answer.Error.TextAt("error", "code")));
        Assert.Null(answer.Error.TextAt("error", "code", "more"));
        Assert.Null(answer.Error.TextAt("other"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(404)]
    [InlineData(409)]
    public async Task Tell_DoneOrNothingToDo_IsFine(int status)
    {
        _server.OnRequest = Wire.Answer(status, "");

        await _transport.Http.TellAsync(new HttpRequestMessage(HttpMethod.Delete, "jobs/1"), CancellationToken.None);

        Assert.Equal("DELETE /v1/jobs/1", Assert.Single(_server.Requests).Line);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Tell_Trouble_MayPass(int status)
    {
        _server.OnRequest = Wire.Answer(status, "");

        var trouble = await Assert.ThrowsAsync<VideoProviderException>(
            () => _transport.Http.TellAsync(new HttpRequestMessage(HttpMethod.Delete, "jobs/1"), CancellationToken.None));
        Assert.True(trouble.IsTransient);
    }
}
