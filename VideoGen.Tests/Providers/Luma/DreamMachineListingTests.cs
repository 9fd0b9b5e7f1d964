using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Luma;

/// <summary>A submission whose answer was lost is found by its callback address, and is not taken for missing too early.</summary>
public sealed class DreamMachineListingTests : IAsyncLifetime
{
    private const int PageSize = 50;

    private static readonly VideoRequest Request = new()
    {
        SubmitKey = "attempt-1",
        ModelId = "ray-2",
        Prompt = "A heron lands on a frozen lake",
        Size = new VideoSize(1280, 720),
        Duration = TimeSpan.FromSeconds(5),
    };

    private RemoteRun _run = default!;

    public async ValueTask InitializeAsync() => _run = await RemoteRun.StartAsync(DreamMachine.Vendor);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_AnswerLost_IsFoundAmongItsTwins()
    {
        await _run.SubmitAsync(Request with { SubmitKey = "attempt-0" });
        var at = _run.Clock.Now;
        _run.Misbehave(Operation.Create, MisbehaviourKind.AnswerLost);
        await Assert.ThrowsAsync<AnswerLostException>(() => _run.SubmitAsync(Request));
        await _run.SubmitAsync(Request with { SubmitKey = "attempt-2" });

        var found = await FindAsync(_run.Provider, at);

        Assert.Equal(_run.Simulator.Jobs.Of("luma")[1].Id, found);
        Assert.Equal("/dream-machine/v1/generations?limit=50&offset=0", Assert.Single(_run.Arrived(Operation.List)).Path);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_BeyondTheFirstPage_IsFound()
    {
        var at = _run.Clock.Now;
        var id = await _run.SubmitAsync(Request);
        await SubmitOthersAsync(PageSize);

        Assert.Equal(id, await FindAsync(_run.Provider, at));
        Assert.Equal(2, _run.Arrived(Operation.List).Count);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_ListingLeadsBeforeTheAttempt_StopsThere()
    {
        await SubmitOthersAsync(PageSize + 1);
        _run.Clock.Advance(TimeSpan.FromHours(1));
        await _run.SubmitAsync(Request with { SubmitKey = "attempt-0" });

        Assert.Null(await FindAsync(_run.Provider, _run.Clock.Now));
        Assert.Single(_run.Arrived(Operation.List));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_OldestFirst_IsLookedThroughToItsEnd()
    {
        var at = _run.Clock.Now;
        var old = Enumerable.Range(0, 3).Select(index => Listed($"old-{index}", at - TimeSpan.FromDays(3 - index), "other")).ToArray();

        var found = await FindAnsweredAsync(at, offset => offset == 0 ? old : offset == 3 ? [Listed("ours", at, "attempt-1")] : []);

        Assert.Equal("ours", found);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_ListingWithoutEnd_IsNotAnEmptyLook()
    {
        var at = _run.Clock.Now;

        var unsure = await Assert.ThrowsAsync<VideoProviderException>(() => FindAnsweredAsync(at, _ => [Listed("other", at, "other")]));

        Assert.Equal((FailureKind.ProviderDown, true), (unsure.Kind, unsure.IsTransient));
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_AnswerThatIsNoListing_IsNotAnEmptyLook()
    {
        var unsure = await Assert.ThrowsAsync<VideoProviderException>(() => FindAnsweredAsync(_run.Clock.Now, _ => null));

        Assert.Equal((FailureKind.ProviderDown, true), (unsure.Kind, unsure.IsTransient));
    }

    [Theory]
    [InlineData(nameof(MisbehaviourKind.ServerError))]
    [InlineData(nameof(MisbehaviourKind.AnswerTruncated))]
    [InlineData(nameof(MisbehaviourKind.Unauthorized))]
    [Trait("Req", "R-16")]
    public async Task FindSubmission_CannotLook_IsNotAnEmptyLook(string kind)
    {
        _run.Misbehave(Operation.List, Enum.Parse<MisbehaviourKind>(kind));

        var unsure = await Assert.ThrowsAsync<VideoProviderException>(() => FindAsync(_run.Provider, _run.Clock.Now));

        Assert.True(unsure.IsTransient);
    }

    private static Task<string?> FindAsync(IVideoProvider provider, DateTimeOffset at) => provider.FindSubmissionAsync(
        new SubmissionTrace(Request.SubmitKey, at, Request, static (_, _) => Task.FromResult(false)), CancellationToken.None);

    private static JsonObject Listed(string id, DateTimeOffset at, string key) => new()
    {
        ["id"] = id,
        ["state"] = "queued",
        ["created_at"] = at.ToString("O", CultureInfo.InvariantCulture),
        ["request"] = new JsonObject { ["callback_url"] = $"https://videogen.invalid/luma/{key}" },
    };

    private async Task<string?> FindAnsweredAsync(DateTimeOffset at, Func<int, JsonObject[]?> page)
    {
        await using var app = DreamMachine.Vendor.Build(new Uri("http://vendor.invalid"), _run.Clock, new ConcurrentQueue<string>(), request =>
        {
            var offset = int.Parse(request.RequestUri!.Query.Split("offset=")[1], CultureInfo.InvariantCulture);
            return RemoteVendor.Json(page(offset) is { } generations ? new JsonObject { ["generations"] = new JsonArray([.. generations]) }.ToJsonString() : "{}");
        });
        return await FindAsync(app.Services.GetRequiredService<IVideoProvider>(), at);
    }

    private async Task SubmitOthersAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            _run.Clock.Advance(TimeSpan.FromSeconds(1));
            await _run.SubmitAsync(Request with { SubmitKey = $"other-{number}" });
        }
    }
}
