using VideoGen.Web.LiveUpdates;

namespace VideoGen.Tests.LiveUpdates;

[Trait("Req", "R-12")]
public sealed class CircuitJobHubTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly TestClock _clock = new();
    private readonly Guid _person = Guid.NewGuid();
    private readonly JobUpdates _updates;
    private readonly CircuitJobHub _hub;

    public CircuitJobHubTests()
    {
        _updates = new JobUpdates(_clock);
        _hub = new CircuitJobHub(_updates, new SignedInAs(_person));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public void Hub_WithoutListener_SubscribesToNothing() => Assert.Equal(0, _updates.SubscriptionCount);

    [Fact]
    public async Task Listen_ManyParts_ShareOneSubscription()
    {
        using var first = await _hub.ListenAsync();
        using var second = await _hub.ListenAsync();

        Assert.Equal(1, _updates.SubscriptionCount);
    }

    [Fact]
    public async Task Listen_AtOnce_HintsAtEverything()
    {
        using var listener = await _hub.ListenAsync();

        Assert.True((await NextAsync(listener)).Concerns(Guid.NewGuid()));
    }

    [Fact]
    public async Task Publish_OwnJob_ReachesEveryPart()
    {
        using var first = await ConnectedAsync();
        using var second = await ConnectedAsync();
        var jobId = Guid.NewGuid();

        _updates.Publish(new JobChanged(jobId, _person));

        foreach (var listener in new[] { first, second })
        {
            var hint = await NextAsync(listener);
            Assert.True(hint.Concerns(jobId));
            Assert.False(hint.Concerns(Guid.NewGuid()));
        }
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Publish_ForeignJob_ReachesNobody()
    {
        using var listener = await ConnectedAsync();
        var (foreign, own) = (Guid.NewGuid(), Guid.NewGuid());

        _updates.Publish(new JobChanged(foreign, Guid.NewGuid()));
        _updates.Publish(new JobChanged(own, _person));

        var hint = await NextAsync(listener);
        Assert.True(hint.Concerns(own));
        Assert.False(hint.Concerns(foreign));
    }

    [Fact]
    public async Task Publish_FasterThanFourTimesASecond_IsGatheredIntoOneHint()
    {
        using var listener = await ConnectedAsync();
        var (first, second, third) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());

        _updates.Publish(new JobChanged(first, _person));
        Assert.True((await NextAsync(listener)).Concerns(first));
        await _clock.UntilTimersAsync(1).WaitAsync(Limit, TimeProvider.System);
        _updates.Publish(new JobChanged(second, _person));
        _updates.Publish(new JobChanged(third, _person));
        _clock.Advance(CircuitJobHub.MinInterval);

        var hint = await NextAsync(listener);
        Assert.True(hint.Concerns(second) && hint.Concerns(third));
    }

    [Fact]
    public async Task Publish_WhileAPartIsBusy_HoldsUpNobody()
    {
        using var busy = await _hub.ListenAsync();
        using var quick = await ConnectedAsync();
        var jobIds = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();

        foreach (var jobId in jobIds)
        {
            _updates.Publish(new JobChanged(jobId, _person));
            Assert.True((await NextAsync(quick)).Concerns(jobId));
            await _clock.UntilTimersAsync(1).WaitAsync(Limit, TimeProvider.System);
            _clock.Advance(CircuitJobHub.MinInterval);
        }

        // The busy one, which has read nothing so far, has missed nothing either.
        var hint = await NextAsync(busy);
        Assert.All(jobIds, jobId => Assert.True(hint.Concerns(jobId)));
    }

    [Fact]
    public async Task Dispose_WithListeners_LeavesNoSubscription()
    {
        using var listener = await ConnectedAsync();

        await _hub.DisposeAsync();

        Assert.Equal(0, _updates.SubscriptionCount);
        await foreach (var _ in listener.ReadAsync(CancellationToken.None))
        {
            Assert.Fail("Nothing more was expected.");
        }
    }

    [Fact]
    public async Task Listen_AfterTheCircuitEnded_SubscribesToNothing()
    {
        await _hub.DisposeAsync();

        using var listener = await _hub.ListenAsync();

        Assert.Equal(0, _updates.SubscriptionCount);
    }

    [Fact]
    public void Hint_OfMoreJobsThanAreNamed_IsEverything()
    {
        var many = JobHint.Of(Enumerable.Range(0, 150).Select(_ => Guid.NewGuid()));

        Assert.False(many.Concerns(Guid.NewGuid()));
        Assert.True(many.And(JobHint.Of(Enumerable.Range(0, 150).Select(_ => Guid.NewGuid()))).Concerns(Guid.NewGuid()));
    }

    /// <summary>A listener that has taken its first hint.</summary>
    private async Task<CircuitJobListener> ConnectedAsync()
    {
        var listener = await _hub.ListenAsync();
        await NextAsync(listener);
        return listener;
    }

    private static async Task<JobHint> NextAsync(CircuitJobListener listener)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await foreach (var hint in listener.ReadAsync(limit.Token))
        {
            return hint;
        }

        throw new InvalidOperationException("The listener has ended.");
    }
}
