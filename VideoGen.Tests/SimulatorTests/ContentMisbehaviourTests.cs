using System.Net;
using VideoGen.Simulator;
using VideoGen.Simulator.Media;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Tests.SimulatorTests;

/// <summary>What goes wrong with results on their way.</summary>
public sealed class ContentMisbehaviourTests
{
    [Fact]
    public async Task ResultNotReady_TwoTimes_IsNotFoundAndThenThere()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateFinishedAsync();
        run.Misbehave(Operation.Content, MisbehaviourKind.ResultNotReady, times: 2);

        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var answer = await run.GetAsync($"/v1/videos/{id}/content");
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task ResultNotReady_ForATime_IsThereAfterIt()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateFinishedAsync();
        run.Simulator.Misbehave(new MisbehaviourRule { Kind = MisbehaviourKind.ResultNotReady, Delay = TimeSpan.FromSeconds(60), Times = null });

        using var early = await run.GetAsync($"/v1/videos/{id}/content");
        run.Clock.Advance(TimeSpan.FromSeconds(60));
        using var late = await run.GetAsync($"/v1/videos/{id}/content");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (early.StatusCode, late.StatusCode));
    }

    [Theory]
    [InlineData(nameof(MisbehaviourKind.TruncatedFile), 0)]
    [InlineData(nameof(MisbehaviourKind.WrongContentLength), 1000)]
    public async Task Content_ShorterThanAnnounced_BreaksOff(string kind, int tooMuch)
    {
        await using var run = await SimulatorRun.StartAsync();
        var (id, whole) = await FinishedAsync(run);
        run.Misbehave(Operation.Content, Enum.Parse<MisbehaviourKind>(kind));

        using var answer = await run.GetAsync($"/v1/videos/{id}/content");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(whole.Length + tooMuch, answer.Content.Headers.ContentLength);
        await Assert.ThrowsAsync<HttpRequestException>(answer.Content.ReadAsByteArrayAsync);
    }

    [Fact]
    public async Task TruncatedVideo_Content_IsHalfAndLooksWhole()
    {
        await using var run = await SimulatorRun.StartAsync();
        var (id, whole) = await FinishedAsync(run);
        run.Misbehave(Operation.Content, MisbehaviourKind.TruncatedVideo);

        using var answer = await run.GetAsync($"/v1/videos/{id}/content");

        Assert.Equal(whole[..(whole.Length / 2)], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(whole.Length / 2, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task HtmlAsVideo_Content_IsAPageUnderTheTypeOfAVideo()
    {
        await using var run = await SimulatorRun.StartAsync();
        var (id, _) = await FinishedAsync(run);
        run.Misbehave(Operation.Content, MisbehaviourKind.HtmlAsVideo);

        using var answer = await run.GetAsync($"/v1/videos/{id}/content");

        Assert.Equal("video/mp4", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<!doctype html>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyFile_Content_IsNothing()
    {
        await using var run = await SimulatorRun.StartAsync();
        var (id, _) = await FinishedAsync(run);
        run.Misbehave(Operation.Content, MisbehaviourKind.EmptyFile);

        using var answer = await run.GetAsync($"/v1/videos/{id}/content");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task NoContentLength_Content_IsWhole()
    {
        await using var run = await SimulatorRun.StartAsync();
        var (id, whole) = await FinishedAsync(run);
        run.Misbehave(Operation.Content, MisbehaviourKind.NoContentLength);

        using var answer = await run.GetAsync($"/v1/videos/{id}/content");

        Assert.Null(answer.Content.Headers.ContentLength);
        Assert.Equal(whole, await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task RangeIgnored_PartAskedFor_GivesTheWhole()
    {
        await using var run = await SimulatorRun.StartAsync();
        var (id, whole) = await FinishedAsync(run);
        run.Misbehave(Operation.Content, MisbehaviourKind.RangeIgnored);

        using var answer = await run.GetAsync($"/v1/videos/{id}/content", "Range: bytes=100-");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(whole.Length, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task EndlessBody_Content_GoesOnAfterTheVideo()
    {
        await using var run = await SimulatorRun.StartAsync();
        var (id, whole) = await FinishedAsync(run);
        run.Misbehave(Operation.Content, MisbehaviourKind.EndlessBody);

        using var answer = await run.GetAsync($"/v1/videos/{id}/content");
        await using var body = await answer.Content.ReadAsStreamAsync();
        var read = new byte[whole.Length + 1_000_000];
        await body.ReadExactlyAsync(read);

        Assert.Null(answer.Content.Headers.ContentLength);
        Assert.Equal(whole, read[..whole.Length]);
    }

    [Fact]
    public async Task OneBytePerSecond_Content_WaitsForTheClock()
    {
        await using var run = await SimulatorRun.StartAsync();
        var (id, whole) = await FinishedAsync(run);
        run.Misbehave(Operation.Content, MisbehaviourKind.OneBytePerSecond);

        using var answer = await run.GetAsync($"/v1/videos/{id}/content");
        await using var body = await answer.Content.ReadAsStreamAsync();
        var read = new byte[2];
        await body.ReadExactlyAsync(read.AsMemory(0, 1));
        var second = body.ReadExactlyAsync(read.AsMemory(1, 1)).AsTask();
        await run.Clock.UntilTimersAsync(1);

        Assert.False(second.IsCompleted);
        run.Clock.Advance(TimeSpan.FromSeconds(1));
        await second;
        Assert.Equal(whole[..2], read);
    }

    [Fact]
    public async Task Redirected_Content_LiesOnAnotherHostThatTakesNoKey()
    {
        await using var run = await SimulatorRun.StartAsync();
        var (id, whole) = await FinishedAsync(run);
        run.Misbehave(Operation.Content, MisbehaviourKind.Redirected, times: null);

        using var redirect = await run.GetAsync($"/v1/videos/{id}/content");
        var link = redirect.Headers.Location!;
        using var withKey = await run.GetAsync(link.AbsoluteUri);
        using var without = await run.GetAsync(link.AbsoluteUri, "Authorization:");

        Assert.Equal(HttpStatusCode.Found, redirect.StatusCode);
        Assert.Equal(run.Simulator.AddressOf("files").Authority, link.Authority);
        Assert.Equal(HttpStatusCode.BadRequest, withKey.StatusCode);
        Assert.Equal(whole, await without.Content.ReadAsByteArrayAsync());
        Assert.Equal(["Authorization", null], run.Simulator.Ledger.Entries("files", Operation.Content).Select(entry => entry.CredentialHeader), StringComparer.Ordinal);
    }

    [Fact]
    public async Task LinkExpired_SignedLink_IsRefusedUntilANewOneIsAskedFor()
    {
        await using var run = await SimulatorRun.StartAsync();
        var (id, _) = await FinishedAsync(run);
        run.Misbehave(Operation.Content, MisbehaviourKind.Redirected, times: null);
        run.Simulator.Misbehave(new MisbehaviourRule { Kind = MisbehaviourKind.LinkExpired, Dialect = "files" });

        var link = await LinkAsync(run, id);
        Assert.Equal(HttpStatusCode.Forbidden, await FollowAsync(run, link));
        Assert.Equal(HttpStatusCode.Forbidden, await FollowAsync(run, link));
        Assert.Equal(HttpStatusCode.OK, await FollowAsync(run, await LinkAsync(run, id)));
    }

    [Fact]
    public async Task SignedLink_AfterItsTime_IsRefused()
    {
        await using var run = await SimulatorRun.StartAsync(options => options with { LinkLifetime = TimeSpan.FromMinutes(10) });
        var (id, _) = await FinishedAsync(run);
        run.Misbehave(Operation.Content, MisbehaviourKind.Redirected, times: null);
        var link = await LinkAsync(run, id);

        run.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        var before = await FollowAsync(run, link);
        run.Clock.Advance(TimeSpan.FromTicks(1));
        var after = await FollowAsync(run, link);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (before, after));
    }

    private static async Task<(string Id, byte[] Whole)> FinishedAsync(SimulatorRun run)
    {
        var id = await run.CreateFinishedAsync();
        return (id, await File.ReadAllBytesAsync(await SampleVideos.OfAsync(run.Simulator.Jobs.Find("openai", id)!)));
    }

    private static async Task<Uri> LinkAsync(SimulatorRun run, string id)
    {
        using var redirect = await run.GetAsync($"/v1/videos/{id}/content");
        return redirect.Headers.Location!;
    }

    private static async Task<HttpStatusCode> FollowAsync(SimulatorRun run, Uri link)
    {
        using var answer = await run.GetAsync(link.AbsoluteUri, "Authorization:");
        return answer.StatusCode;
    }
}
