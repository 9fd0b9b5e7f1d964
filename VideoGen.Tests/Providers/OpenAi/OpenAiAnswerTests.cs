using Microsoft.AspNetCore.Http;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;

namespace VideoGen.Tests.Providers.OpenAi;

/// <summary>What is made of the answers of all who speak the dialect, each in its own way.</summary>
public sealed class OpenAiAnswerTests : IAsyncLifetime
{
    private ScriptedHost _host = null!;
    private RemoteProviders _providers = null!;

    private IVideoProvider Provider => _providers["litellm"];

    public async ValueTask InitializeAsync()
    {
        _host = await ScriptedHost.StartAsync();
        _providers = new RemoteProviders(
            new TestClock(),
            ("Providers:LiteLLM:ApiKey", ProviderRun.Key),
            ("Providers:LiteLLM:BaseAddress", new Uri(_host.Address, "v1").AbsoluteUri),
            ("Providers:LiteLLM:CanList", "true"));
    }

    public async ValueTask DisposeAsync()
    {
        await _providers.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Theory]
    [Trait("Req", "R-11")]
    [InlineData("queued", ProviderJobState.Waiting)]
    [InlineData("in_progress", ProviderJobState.Running)]
    [InlineData("processing", ProviderJobState.Running)]
    [InlineData("running", ProviderJobState.Running)]
    [InlineData("completed", ProviderJobState.Finished)]
    [InlineData("succeeded", ProviderJobState.Finished)]
    [InlineData("failed", ProviderJobState.Failed)]
    [InlineData("error", ProviderJobState.Failed)]
    [InlineData("expired", ProviderJobState.Failed)]
    [InlineData("cancelled", ProviderJobState.Cancelled)]
    [InlineData("canceled", ProviderJobState.Cancelled)]
    [InlineData("polishing", ProviderJobState.Running)]
    public async Task Check_EveryStatus_IsAState(string status, ProviderJobState expected)
    {
        _host.AnswerAlways($$"""{"id":"video_1","object":"video","status":"{{status}}"}""");

        var job = await CheckAsync();

        Assert.Equal((expected, status), (job.State, job.RawStatus));
        Assert.Equal(expected is ProviderJobState.Failed, job.Failure is not null);
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData("failed", """{"code":"moderation_blocked","message":"No."}""", FailureKind.Moderated, "moderation_blocked: No.")]
    [InlineData("failed", """{"code":"content_filter"}""", FailureKind.Moderated, "content_filter")]
    [InlineData("failed", """{"code":"content_policy_violation"}""", FailureKind.Moderated, "content_policy_violation")]
    [InlineData("failed", """{"code":"video_generation_failed","message":"Oh."}""", FailureKind.ProviderError, "video_generation_failed: Oh.")]
    [InlineData("failed", """{"code":500,"message":"Oh."}""", FailureKind.ProviderError, "500: Oh.")]
    [InlineData("failed", "\"out of memory\"", FailureKind.ProviderError, "out of memory")]
    [InlineData("failed", "null", FailureKind.ProviderError, null)]
    [InlineData("error", "{}", FailureKind.ProviderError, null)]
    [InlineData("expired", "null", FailureKind.LostAtProvider, null)]
    public async Task Check_EveryFailure_HasItsKind(string status, string error, FailureKind kind, string? detail)
    {
        _host.AnswerAlways($$"""{"id":"video_1","error":{{error}},"status":"{{status}}"}""");

        var failure = (await CheckAsync()).Failure;

        Assert.Equal((kind, detail), (failure?.Kind, failure?.Detail));
    }

    [Fact]
    [Trait("Req", "R-44")]
    public async Task Check_FailureQuotesKeyAndPrompt_TheyAreCutOut()
    {
        _host.AnswerAlways($$$"""{"status":"failed","prompt":"a secret fox","error":{"code":"x","message":"{{{ProviderRun.Key}}} sent a secret fox"}}""");

        Assert.Equal("x: [removed] sent [removed]", (await CheckAsync()).Failure?.Detail);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("8")]
    [InlineData("\"8\"")]
    [InlineData("8.0")]
    public async Task Submit_AnswerInTypesOfItsOwn_IsNotLost(string seconds)
    {
        _host.AnswerAlways($$$"""{"id":"video_1","status":"queued","seconds":{{{seconds}}},"created_at":1.5e9,"error":"","progress":"0","usage":{"duration_seconds":8}}""");

        Assert.Equal("video_1", await Provider.SubmitAsync(ProviderRun.Request(), CancellationToken.None));
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(400, """{"error":{"code":"moderation_blocked"}}""", FailureKind.Moderated)]
    [InlineData(400, """{"error":{"code":"content_policy_violation"}}""", FailureKind.Moderated)]
    [InlineData(400, """{"error":{"code":"content_filter"}}""", FailureKind.Moderated)]
    [InlineData(400, """{"code":"sentinel_block"}""", FailureKind.Moderated)]
    [InlineData(400, """{"error":{"code":"invalid_value","type":"invalid_request_error"}}""", FailureKind.InputRefused)]
    [InlineData(400, """{"error":{"code":null,"type":"invalid_request_error"}}""", FailureKind.InputRefused)]
    [InlineData(400, """{"error":"no"}""", FailureKind.InputRefused)]
    [InlineData(400, "<html>", FailureKind.InputRefused)]
    [InlineData(401, "", FailureKind.Credentials)]
    [InlineData(400, """{"error":{"code":"invalid_api_key"}}""", FailureKind.Credentials)]
    [InlineData(403, "", FailureKind.Credentials)]
    [InlineData(402, "", FailureKind.Quota)]
    [InlineData(429, """{"error":{"code":"insufficient_quota"}}""", FailureKind.Quota)]
    [InlineData(429, """{"error":{"code":null,"type":"insufficient_quota"}}""", FailureKind.Quota)]
    [InlineData(400, """{"error":{"code":"billing_hard_limit_reached"}}""", FailureKind.Quota)]
    [InlineData(404, """{"error":{"code":"model_not_found"}}""", FailureKind.RetiredModel)]
    [InlineData(400, """{"error":{"code":"model_not_found"}}""", FailureKind.RetiredModel)]
    [InlineData(400, """{"error":{"code":"model_deprecated"}}""", FailureKind.RetiredModel)]
    [InlineData(404, """{"error":{"code":"DeploymentNotFound"}}""", FailureKind.RetiredModel)]
    [InlineData(404, "", FailureKind.RetiredModel)]
    [InlineData(410, "", FailureKind.RetiredModel)]
    [InlineData(409, "", FailureKind.InputRefused)]
    [InlineData(422, "", FailureKind.InputRefused)]
    public async Task Submit_EveryRefusal_HasItsKindAndIsFinal(int status, string body, FailureKind kind)
    {
        _host.AnswerAlways(body, status);

        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => Provider.SubmitAsync(ProviderRun.Request(), CancellationToken.None));

        Assert.Equal((kind, false), (refusal.Kind, refusal.IsTransient));
        Assert.Single(_host.Arrivals);
    }

    [Fact]
    [Trait("Req", "R-44")]
    public async Task Submit_RefusalQuotesKey_ItIsNowhere()
    {
        _host.AnswerAlways($$$"""{"error":{"message":"Incorrect API key provided: {{{ProviderRun.Key}}}."}}""", 401);

        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => Provider.SubmitAsync(ProviderRun.Request(), CancellationToken.None));

        Assert.Contains("Incorrect API key provided", refusal.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(ProviderRun.Key, string.Concat(_providers.Log) + refusal + refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EachCall_IdOfBase64_IsEscapedInThePath()
    {
        const string Id = "video_bGl0+Zw/x==";
        const string Escaped = "/v1/videos/video_bGl0%2BZw%2Fx%3D%3D";
        _host.AnswerAlways($$"""{"id":"{{Id}}","status":"completed"}""");
        Assert.Equal(Id, await Provider.SubmitAsync(ProviderRun.Request(), CancellationToken.None));

        await Provider.SubmitAsync(ProviderRun.Request() with { RemixOf = Id }, CancellationToken.None);
        await Provider.CheckAsync(Id, CancellationToken.None);
        await (await Provider.OpenResultAsync(Id, 0, CancellationToken.None)).DisposeAsync();

        Assert.Equal(["/v1/videos", Escaped + "/remix", Escaped, Escaped + "/content"], _host.Arrivals.Select(arrival => arrival.Target), StringComparer.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-20")]
    public async Task OpenResult_RedirectedOnItsOwnHost_GoesThereWithTheKey()
    {
        _host.Answer = request => request.Path.Value!.EndsWith("/content", StringComparison.Ordinal)
            ? Results.Redirect("/blobs/1.mp4?part=1")
            : Results.Bytes("video"u8.ToArray(), "video/mp4");

        await using var result = await Provider.OpenResultAsync("video_1", 0, CancellationToken.None);

        Assert.Equal(5, result.Length);
        Assert.Equal(["/v1/videos/video_1/content", "/blobs/1.mp4?part=1"], _host.Arrivals.Select(arrival => arrival.Target), StringComparer.Ordinal);
        Assert.All(_host.Arrivals, arrival => Assert.Equal($"Bearer {ProviderRun.Key}", arrival.Headers["Authorization"]));
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData("8", "null", "1893553445", true)]
    [InlineData("\"8\"", "1893553445", "1893553445.5", true)]
    [InlineData("8", "1893553445", "1893553445000", false)]
    [InlineData("8", "1893553445", "1e300", false)]
    [InlineData("8", "1893553445", "null", false)]
    public async Task FindSubmission_ListInTypesOfItsOwn_IsRead(string seconds, string expiresAt, string createdAt, bool isFound)
    {
        _host.AnswerAlways(
            $$$"""{"data":[{"id":"video_1","prompt":"p","model":"sora-2","size":"1280x720","seconds":{{{seconds}}},"expires_at":{{{expiresAt}}},"created_at":{{{createdAt}}} }]}""");
        var trace = new SubmissionTrace("attempt-1", TestClock.Start, ProviderRun.Request("p"), static (_, _) => Task.FromResult(false));

        Assert.Equal(isFound ? "video_1" : null, await Provider.FindSubmissionAsync(trace, CancellationToken.None));
    }

    private Task<ProviderJob> CheckAsync() => Provider.CheckAsync("video_1", CancellationToken.None);
}
