using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Tests.SimulatorTests;

/// <summary>What goes wrong with requests and answers, whatever they are about.</summary>
public sealed class TransportMisbehaviourTests
{
    public static TheoryData<string, int, string?> Refusals => new()
    {
        { nameof(MisbehaviourKind.RateLimited), 429, "rate_limit_exceeded" },
        { nameof(MisbehaviourKind.ServerError), 500, null },
        { nameof(MisbehaviourKind.Unavailable), 503, null },
        { nameof(MisbehaviourKind.Unauthorized), 401, "invalid_api_key" },
        { nameof(MisbehaviourKind.QuotaExceeded), 429, "insufficient_quota" },
        { nameof(MisbehaviourKind.Moderated), 400, "moderation_blocked" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Create_Refused_SaysSoInTheVendorsShapeAndOnce(string kind, int status, string? code)
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Operation.Create, Enum.Parse<MisbehaviourKind>(kind));

        using var refused = await run.PostAsync("A fox");
        using var accepted = await run.PostAsync("A fox");

        Assert.Equal(status, (int)refused.StatusCode);
        Assert.Equal(code, (await SimulatorRun.BodyOf(refused))["error"]!["code"]?.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Single(run.Simulator.Jobs.Of("openai"));
    }

    [Theory]
    [InlineData(nameof(RetryAfter.None), null)]
    [InlineData(nameof(RetryAfter.Seconds), "2")]
    [InlineData(nameof(RetryAfter.Date), "Wed, 02 Jan 2030 03:04:10 GMT")]
    [InlineData(nameof(RetryAfter.Garbage), "in a while")]
    [InlineData(nameof(RetryAfter.Year), "31536000")]
    public async Task RateLimited_RetryAfter_IsAsAskedFor(string form, string? expected)
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Simulator.Misbehave(new MisbehaviourRule { Kind = MisbehaviourKind.RateLimited, RetryAfter = Enum.Parse<RetryAfter>(form) });

        using var answer = await run.PostAsync("A fox");

        Assert.Equal(expected, answer.Headers.TryGetValues("Retry-After", out var values) ? Assert.Single(values) : null);
    }

    [Theory]
    [InlineData(nameof(MisbehaviourKind.ResetBeforeRead), 0, false)]
    [InlineData(nameof(MisbehaviourKind.ResetAfterRead), 0, true)]
    [InlineData(nameof(MisbehaviourKind.AnswerLost), 1, true)]
    public async Task Create_ConnectionCut_GivesNoAnswer(string kind, int jobs, bool isWhole)
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Operation.Create, Enum.Parse<MisbehaviourKind>(kind));

        await Assert.ThrowsAsync<HttpRequestException>(() => run.PostAsync("A fox"));

        Assert.Equal(jobs, run.Simulator.Jobs.Of("openai").Count);
        Assert.Equal(isWhole, Assert.Single(run.Simulator.Ledger.Entries(operation: Operation.Create)).IsWhole);
    }

    [Fact]
    public void ResetBeforeRead_OfACreateWithAPrompt_IsNotPossible()
    {
        var misbehaviours = new Misbehaviours(rate: 0, seed: 0);

        Assert.Throws<ArgumentException>(() => misbehaviours.Add(new MisbehaviourRule { Kind = MisbehaviourKind.ResetBeforeRead, PromptContains = "fox" }));
    }

    [Fact]
    public async Task Slow_Create_IsDoneAtOnceAndAnsweredLater()
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Simulator.Misbehave(new MisbehaviourRule { Kind = MisbehaviourKind.Slow, Delay = TimeSpan.FromMinutes(3) });

        var asking = run.PostAsync("A fox");
        await run.Clock.UntilTimersAsync(1);

        Assert.Single(run.Simulator.Jobs.Of("openai"));
        Assert.False(asking.IsCompleted);
        run.Clock.Advance(TimeSpan.FromMinutes(3));
        using var answer = await asking;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task AnswerTruncated_Create_IsNoWholeJson()
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Operation.Create, MisbehaviourKind.AnswerTruncated);

        using var answer = await run.PostAsync("A fox");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith("{\"id\":\"video_", text, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(text));
        Assert.Single(run.Simulator.Jobs.Of("openai"));
    }

    [Fact]
    public async Task TruncatedFile_AskedForAtACreate_BreaksOffTheAnswer()
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Operation.Create, MisbehaviourKind.TruncatedFile);

        using var answer = await run.PostAsync("A fox");

        await Assert.ThrowsAsync<HttpRequestException>(answer.Content.ReadAsByteArrayAsync);
        Assert.Single(run.Simulator.Jobs.Of("openai"));
    }

    [Fact]
    public async Task AnswerNotJson_Create_IsAPage()
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Operation.Create, MisbehaviourKind.AnswerNotJson);

        using var answer = await run.PostAsync("A fox");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<!doctype html>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(run.Simulator.Jobs.Of("openai"));
    }

    [Fact]
    public async Task NoIdInAnswer_Create_LeavesTheRestAsItIs()
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Misbehave(Operation.Create, MisbehaviourKind.NoIdInAnswer);

        using var answer = await run.PostAsync("A fox");

        var body = await SimulatorRun.BodyOf(answer);
        Assert.False(body.ContainsKey("id"));
        Assert.Equal("queued", body["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task DuplicateId_Create_GivesTheIdOfAnEarlierJob()
    {
        await using var run = await SimulatorRun.StartAsync();
        var first = await run.CreateAsync("A fox");
        run.Misbehave(Operation.Create, MisbehaviourKind.DuplicateId);

        var second = await run.CreateAsync("An owl");

        Assert.Equal(first, second);
        Assert.Equal(2, run.Simulator.Jobs.Of("openai").Count);
    }

    [Fact]
    public async Task ExtraFields_Check_AddsToTheAnswer()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateAsync();
        run.Misbehave(Operation.Check, MisbehaviourKind.ExtraFields);

        var body = await run.CheckAsync(id);

        Assert.Equal(id, body["id"]!.GetValue<string>());
        Assert.True(body.ContainsKey("surprise"));
    }

    [Fact]
    public async Task GzipBomb_Check_UnpacksToFarMoreThanItIs()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateAsync();
        run.Misbehave(Operation.Check, MisbehaviourKind.GzipBomb);

        using var answer = await run.GetAsync($"/v1/videos/{id}");

        var packed = await answer.Content.ReadAsByteArrayAsync();
        await using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await gzip.CopyToAsync(unpacked);
        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.InRange(packed.Length, 1, 1_000_000);
        Assert.InRange(unpacked.Length, 64_000_000, long.MaxValue);
    }

    [Fact]
    public async Task HugeHeaders_Check_AreMoreThanAClientTakes()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateAsync();
        run.Misbehave(Operation.Check, MisbehaviourKind.HugeHeaders);

        await Assert.ThrowsAsync<HttpRequestException>(() => run.GetAsync($"/v1/videos/{id}"));
    }

    [Fact]
    public async Task JobLost_Check_IsNotFoundWhileItLasts()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateAsync();
        run.Misbehave(Operation.Check, MisbehaviourKind.JobLost, times: 2);

        using var first = await run.GetAsync($"/v1/videos/{id}");
        using var second = await run.GetAsync($"/v1/videos/{id}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (first.StatusCode, second.StatusCode));
        Assert.Equal(id, (await run.CheckAsync(id))["id"]!.GetValue<string>());
    }
}
