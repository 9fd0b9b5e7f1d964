using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser.Pages;

/// <summary>One video with its player.</summary>
internal sealed class VideoPage(IPage page)
{
    // Loads metadata only, so a person's click is what starts it.
    public ILocator Player => page.Locator("video");

    /// <summary>Presses on the picture and waits until time passes in it.</summary>
    public async Task PlayAsync()
    {
        await Expect(Player).ToBeVisibleAsync();
        await Player.EvaluateAsync("video => { video.currentTime = 0; }");
        await Player.ClickAsync();
        await page.WaitForFunctionAsync("() => { const video = document.querySelector('video'); return !video.paused && video.currentTime > 0.4; }");
        await Player.EvaluateAsync("video => video.pause()");
    }

    /// <summary>Goes to a place in the video and waits until its picture is there.</summary>
    public async Task SeekAsync(double seconds)
    {
        await Player.EvaluateAsync("(video, seconds) => { video.currentTime = seconds; }", seconds);
        await page.WaitForFunctionAsync(
            "seconds => { const video = document.querySelector('video'); return !video.seeking && video.readyState >= 2 && Math.abs(video.currentTime - seconds) < 0.1; }",
            seconds);
    }

    public Task<double> DurationAsync() => Player.EvaluateAsync<double>("video => video.duration");
}
