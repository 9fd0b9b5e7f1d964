using Microsoft.Playwright;

namespace VideoGen.Tests.Browser;

/// <summary>
/// Sees off the visitors of a test: none of their browsers may have complained, and of a failed test a picture is kept.
/// </summary>
[Collection(BrowserCollection.Name)]
[Trait("Category", "Browser")]
public abstract class BrowserTest : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        List<string> complaints = [];
        var failed = TestContext.Current.TestState?.Result is TestResult.Failed;
        foreach (var visitor in _visitors)
        {
            if (failed)
            {
                await KeepPicturesAsync(visitor);
            }

            complaints.AddRange(visitor.Complaints);
            await visitor.DisposeAsync();
        }

        GC.SuppressFinalize(this);
        Assert.True(failed || complaints.Count == 0, $"The browser complained:\n{string.Join('\n', complaints)}");
    }

    private protected async Task<Visitor> LetInAsync(Task<Visitor> entering)
    {
        var visitor = await entering;
        _visitors.Add(visitor);
        return visitor;
    }

    private static async Task KeepPicturesAsync(Visitor visitor)
    {
        foreach (var page in visitor.Page.Context.Pages)
        {
            var picture = await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true });
            TestContext.Current.AddAttachment($"page-{Guid.NewGuid():N}.png", picture, "image/png");
        }
    }
}
