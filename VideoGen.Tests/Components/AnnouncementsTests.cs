using Bunit;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Web.Components;
using VideoGen.Web.Components.Layout;

namespace VideoGen.Tests.Components;

public sealed class AnnouncementsTests : IDisposable
{
    private readonly BunitContext _context = new();
    private readonly TestClock _clock = new();
    private readonly Announcer _announcer = new();
    private readonly IRenderedComponent<Announcements> _page;

    public AnnouncementsTests()
    {
        _context.Services.AddSingleton<TimeProvider>(_clock);
        _context.Services.AddSingleton(_announcer);
        _page = _context.Render<Announcements>();
    }

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task Regions_NothingToSay_AreThereAndPolite()
    {
        Assert.Equal("polite", _page.Find(".toasts").GetAttribute("aria-live"));
        Assert.Equal("", _page.Find("#live").TextContent);

        await SayAsync("Done.");

        Assert.Equal("Done.", _page.Find("#live").TextContent);
    }

    [Fact]
    public async Task Say_SameWordsAgain_ChangesTheRegion()
    {
        await SayAsync("2 new videos.");
        var before = _page.Find("#live").TextContent;

        await SayAsync("2 new videos.");

        Assert.False(string.Equals(before, _page.Find("#live").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, 6)]
    [InlineData(true, 10)]
    public async Task Toast_ItsTime_GoesByItself(bool withUndo, int seconds)
    {
        await ToastAsync("Deleted", withUndo ? () => Task.CompletedTask : null);

        _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.Contains("Deleted", _page.Find(".toast").TextContent, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await _page.WaitForAssertionAsync(() => Assert.Empty(_page.FindAll(".toast")));
    }

    [Fact]
    public async Task Toast_PointerOverIt_Stays()
    {
        await ToastAsync("Deleted", undo: null);

        await _page.Find(".toast").MouseEnterAsync(new());
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(_page.FindAll(".toast"));
        await _page.Find(".toast").MouseLeaveAsync(new());
        _clock.Advance(TimeSpan.FromSeconds(6));

        await _page.WaitForAssertionAsync(() => Assert.Empty(_page.FindAll(".toast")));
    }

    [Fact]
    public async Task Toast_Another_ReplacesItWithItsOwnTime()
    {
        await ToastAsync("First", undo: null);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await ToastAsync("Second", undo: null);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains("Second", Assert.Single(_page.FindAll(".toast")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_Pressed_ActsOnceAndCloses()
    {
        var undone = 0;
        await ToastAsync("Deleted", () =>
        {
            undone++;
            return Task.CompletedTask;
        });

        await _page.Find(".toast button").ClickAsync(new());

        Assert.Equal(1, undone);
        Assert.Empty(_page.FindAll(".toast"));
    }

    private Task SayAsync(string sentence) => _page.InvokeAsync(() => _announcer.SayAsync(sentence));

    private Task ToastAsync(string text, Func<Task>? undo) => _page.InvokeAsync(() => _announcer.ToastAsync(text, undo));
}
