using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using VideoGen.Web.LiveUpdates;

namespace VideoGen.Tests.LiveUpdates;

[Trait("Req", "R-12")]
public sealed class JobFeedTests : IAsyncDisposable
{
    private readonly BunitContext _browser = new();
    private readonly Guid _person = Guid.NewGuid();
    private readonly JobUpdates _updates = new(TimeProvider.System);

    public JobFeedTests()
    {
        _browser.Services.AddSingleton(_updates);
        _browser.Services.AddSingleton<AuthenticationStateProvider>(new SignedInAs(_person));
        _browser.Services.AddScoped<CircuitJobHub>();
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();

    [Fact]
    public void Feed_Connected_RaisesOnce()
    {
        var hints = new List<JobHint>();

        var feed = Render(hints.Add);

        feed.WaitForAssertion(() => Assert.Single(hints));
        Assert.Empty(feed.Markup);
    }

    [Fact]
    public void Feed_OwnJobChanged_RaisesWithItsId()
    {
        var hints = new List<JobHint>();
        var feed = Render(hints.Add);
        feed.WaitForAssertion(() => Assert.Single(hints));
        var jobId = Guid.NewGuid();

        _updates.Publish(new JobChanged(jobId, _person));

        feed.WaitForAssertion(() => Assert.Equal(2, hints.Count));
        Assert.True(hints[1].Concerns(jobId));
    }

    [Fact]
    public async Task Feed_PageGone_LeavesNoSubscription()
    {
        var feed = Render(_ => { });
        await feed.WaitForAssertionAsync(() => Assert.Equal(1, _updates.SubscriptionCount));

        await _browser.DisposeComponentsAsync();
        await _browser.Services.GetRequiredService<CircuitJobHub>().DisposeAsync();

        Assert.Equal(0, _updates.SubscriptionCount);
    }

    [Fact]
    public async Task Feed_PageIsSlow_PublisherDoesNotWait()
    {
        var release = new TaskCompletionSource();
        var calls = 0;
        var feed = _browser.Render<JobFeed>(parameters => parameters.Add(part => part.OnChanged, async (JobHint _) =>
        {
            calls++;
            await release.Task;
        }));
        await feed.WaitForAssertionAsync(() => Assert.Equal(1, calls));

        // More than any queue holds, while the page is still at its first.
        for (var index = 0; index < 10_000; index++)
        {
            _updates.Publish(new JobChanged(Guid.NewGuid(), _person));
        }

        Assert.Equal(1, calls);
        release.SetResult();
        await feed.WaitForAssertionAsync(() => Assert.InRange(calls, 2, 50));
        await _browser.DisposeComponentsAsync();
    }

    [Fact]
    public void Feed_PageFails_GoesToTheErrorBoundaryOfTheCircuit()
    {
        var boundary = _browser.Render<ErrorBoundary>(parameters => parameters
            .Add(part => part.ChildContent, builder =>
            {
                builder.OpenComponent<JobFeed>(0);
                builder.AddComponentParameter(1, nameof(JobFeed.OnChanged), EventCallback.Factory.Create<JobHint>(new object(), new Action<JobHint>(_ => throw new InvalidOperationException("broken page"))));
                builder.CloseComponent();
            })
            .Add(part => part.ErrorContent, ex => builder => builder.AddContent(0, ex.Message)));

        boundary.WaitForAssertion(() => Assert.Contains("broken page", boundary.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Feed_Prerendered_SubscribesToNothing()
    {
        await using var services = new ServiceCollection()
            .AddSingleton(_updates)
            .AddSingleton<AuthenticationStateProvider>(new SignedInAs(_person))
            .AddScoped<CircuitJobHub>()
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);

        await renderer.Dispatcher.InvokeAsync(() => renderer.RenderComponentAsync<JobFeed>());

        Assert.Equal(0, _updates.SubscriptionCount);
    }

    private IRenderedComponent<JobFeed> Render(Action<JobHint> onChanged) =>
        _browser.Render<JobFeed>(parameters => parameters.Add(feed => feed.OnChanged, onChanged));
}
