using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;

namespace VideoGen.Tests.Providers.AzureSora;

/// <summary>What is made of the answers of Azure's jobs API.</summary>
public sealed class AzureSoraAnswerTests : IAsyncLifetime
{
    private const string Root = "/openai/v1/video/generations";

    private ScriptedHost _host = null!;
    private ScriptedHost _elsewhere = null!;
    private RemoteProviders _providers = null!;

    private IVideoProvider Provider => _providers["azure-sora"];

    public async ValueTask InitializeAsync()
    {
        _host = await ScriptedHost.StartAsync();
        _elsewhere = await ScriptedHost.StartAsync();
        _providers = new RemoteProviders(
            new TestClock(), ("Providers:AzureSora:ApiKey", ProviderRun.Key), ("Providers:AzureSora:BaseAddress", _host.Address.AbsoluteUri));
    }

    public async ValueTask DisposeAsync()
    {
        await _providers.DisposeAsync();
        await _host.DisposeAsync();
        await _elsewhere.DisposeAsync();
    }

    [Theory]
    [Trait("Req", "R-11")]
    [InlineData("preprocessing", ProviderJobState.Waiting)]
    [InlineData("queued", ProviderJobState.Waiting)]
    [InlineData("running", ProviderJobState.Running)]
    [InlineData("processing", ProviderJobState.Running)]
    [InlineData("succeeded", ProviderJobState.Finished)]
    [InlineData("failed", ProviderJobState.Failed)]
    [InlineData("cancelled", ProviderJobState.Cancelled)]
    [InlineData("polishing", ProviderJobState.Running)]
    public async Task Check_EveryStatus_IsAState(string status, ProviderJobState expected)
    {
        _host.AnswerAlways($$"""{"id":"task_1","status":"{{status}}","generations":[],"failure_reason":null}""");

        var job = await CheckAsync();

        Assert.Equal((expected, status, 1), (job.State, job.RawStatus, job.ResultCount));
        Assert.Equal(expected is ProviderJobState.Failed, job.Failure is not null);
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData("\"input_moderation\"", FailureKind.Moderated, "input_moderation")]
    [InlineData("\"output_moderation\"", FailureKind.Moderated, "output_moderation")]
    [InlineData("\"internal_error\"", FailureKind.ProviderError, "internal_error")]
    [InlineData("null", FailureKind.ProviderError, null)]
    public async Task Check_EveryFailure_HasItsKind(string reason, FailureKind kind, string? detail)
    {
        _host.AnswerAlways($$"""{"id":"task_1","failure_reason":{{reason}},"status":"failed"}""");

        var failure = (await CheckAsync()).Failure;

        Assert.Equal((kind, detail), (failure?.Kind, failure?.Detail));
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(400, """{"error":{"code":"contentFilter","inner_error":{"code":"ResponsibleAIPolicyViolation"}}}""", FailureKind.Moderated)]
    [InlineData(400, """{"error":{"code":"400","inner_error":{"code":"ResponsibleAIPolicyViolation"}}}""", FailureKind.Moderated)]
    [InlineData(400, """{"code":"400","inner_error":{"code":"ResponsibleAIPolicyViolation"}}""", FailureKind.Moderated)]
    [InlineData(400, """{"code":"contentFilter"}""", FailureKind.Moderated)]
    [InlineData(400, """{"error":{"code":"content_filter"}}""", FailureKind.Moderated)]
    [InlineData(400, """{"error":{"code":"invalid_request"}}""", FailureKind.InputRefused)]
    [InlineData(400, """{"code":"invalid_request","inner_error":null}""", FailureKind.InputRefused)]
    [InlineData(401, """{"error":{"code":"401"}}""", FailureKind.Credentials)]
    [InlineData(403, "", FailureKind.Credentials)]
    [InlineData(404, """{"error":{"code":"DeploymentNotFound"}}""", FailureKind.RetiredModel)]
    [InlineData(400, """{"code":"DeploymentNotFound"}""", FailureKind.RetiredModel)]
    [InlineData(404, "", FailureKind.RetiredModel)]
    [InlineData(429, """{"error":{"code":"insufficient_quota"}}""", FailureKind.Quota)]
    public async Task Submit_EveryRefusal_HasItsKindAndIsFinal(int status, string body, FailureKind kind)
    {
        _host.AnswerAlways(body, status);

        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => Provider.SubmitAsync(ProviderRun.Request(), CancellationToken.None));

        Assert.Equal((kind, false), (refusal.Kind, refusal.IsTransient));
        Assert.Single(_host.Arrivals);
    }

    [Fact]
    [Trait("Req", "R-21")]
    public async Task OpenResult_SeveralGenerations_EachHasAFile()
    {
        AnswerJob("""[{"id":"gen_1"},{"id":"gen+/2="}]""");

        Assert.Equal(2, (await CheckAsync()).ResultCount);
        await (await OpenAsync(index: 1)).DisposeAsync();

        Assert.Equal($"{Root}/gen%2B%2F2%3D/content/video?api-version=preview", _host.Arrivals.Last().Target);
    }

    [Theory]
    [Trait("Req", "R-21")]
    [InlineData("""[{"id":"gen_1","url":"ADDRESS"}]""", "{}")]
    [InlineData("""[{"id":"gen_1","content_url":"ADDRESS"}]""", "{}")]
    [InlineData("""[{"id":"gen_1","video_url":"ADDRESS"}]""", "{}")]
    [InlineData("""[{"id":"gen_1","output_url":"ADDRESS"}]""", "{}")]
    [InlineData("[{\"id\":\"gen_1\",\"url\":\"\",\"video_url\":\"ADDRESS\"}]", "{}")]
    [InlineData("""[{"id":"gen_1"}]""", """{"url":"ADDRESS"}""")]
    [InlineData("[]", """{"content_url":"ADDRESS"}""")]
    [InlineData("null", """{"video_url":"ADDRESS"}""")]
    [InlineData("null", """{"output_url":"ADDRESS"}""")]
    public async Task OpenResult_AddressNamed_IsGoneTo(string generations, string job)
    {
        var own = new Uri(_host.Address, "/blobs/1.mp4?sig=1").AbsoluteUri;
        AnswerJob(generations.Replace("ADDRESS", own, StringComparison.Ordinal), job.Replace("ADDRESS", own, StringComparison.Ordinal));

        await (await OpenAsync()).DisposeAsync();

        var arrival = _host.Arrivals.Last();
        Assert.Equal(("/blobs/1.mp4?sig=1", ProviderRun.Key), (arrival.Target, arrival.Headers["api-key"]));
    }

    [Fact]
    [Trait("Req", "R-21")]
    public async Task OpenResult_AddressOfAnotherHost_IsGoneToWithoutTheKey()
    {
        AnswerJob($$"""[{"id":"gen_1","url":"{{new Uri(_elsewhere.Address, "/1.mp4?sig=secret")}}"}]""");
        _elsewhere.Answer = static _ => Results.Bytes("video"u8.ToArray(), "video/mp4");

        await using var result = await OpenAsync();

        var arrival = Assert.Single(_elsewhere.Arrivals);
        Assert.Equal("/1.mp4?sig=secret", arrival.Target);
        Assert.DoesNotContain(arrival.Headers, header => header.Value.Contains(ProviderRun.Key, StringComparison.Ordinal));
        Assert.DoesNotContain(_providers.Log, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Req", "R-21")]
    public async Task OpenResult_LinkHasExpired_AFreshOneIsAskedFor()
    {
        var links = 0;
        _host.Answer = _ => Results.Text($$"""{"status":"succeeded","generations":[{"url":"{{new Uri(_elsewhere.Address, $"/{++links}.mp4")}}"}]}""");
        _elsewhere.Answer = request => string.Equals(request.Path, $"/{links}.mp4", StringComparison.Ordinal) && _elsewhere.Arrivals.Count > 1
            ? Results.Bytes("video"u8.ToArray(), "video/mp4")
            : Results.StatusCode(StatusCodes.Status403Forbidden);

        await (await OpenAsync()).DisposeAsync();

        Assert.Equal(2, _elsewhere.Arrivals.Select(arrival => arrival.Target).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [Trait("Req", "R-21")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    public async Task OpenResult_SucceededWithoutAFile_IsMissingForNow(string generations)
    {
        AnswerJob(generations);

        var missing = await Assert.ThrowsAsync<VideoProviderException>(() => OpenAsync());

        Assert.True(missing is { IsTransient: true, IsResultMissing: true });
    }

    [Fact]
    public async Task EachCall_IdWithSigns_IsEscapedInThePath()
    {
        AnswerJob("[]");

        await Provider.CheckAsync("task_+/=", CancellationToken.None);
        await Provider.CancelAsync("task_+/=", CancellationToken.None);

        Assert.All(_host.Arrivals, arrival => Assert.Equal($"{Root}/jobs/task_%2B%2F%3D?api-version=preview", arrival.Target));
    }

    private Task<ProviderJob> CheckAsync() => Provider.CheckAsync("task_1", CancellationToken.None);

    private Task<ProviderResult> OpenAsync(int index = 0) => Provider.OpenResultAsync("task_1", index, CancellationToken.None);

    // A job that has succeeded, and a file at every other address.
    private void AnswerJob(string generations, string more = "{}")
    {
        var job = (JsonObject)JsonNode.Parse(more)!;
        job["status"] = "succeeded";
        job["generations"] = JsonNode.Parse(generations);
        _host.Answer = request => request.Path.StartsWithSegments($"{Root}/jobs", StringComparison.Ordinal)
            ? Results.Text(job.ToJsonString(), "application/json")
            : Results.Bytes("video"u8.ToArray(), "video/mp4");
    }
}
