using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace VideoGen.Tests.Browser;

/// <summary>One person's browser: cookies and storage of its own, and a record of what it asked for and complained about.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _sockets = new();
    private readonly List<string> _tolerated = [];

    private Visitor(IPage page)
    {
        Page = page;
        var context = page.Context;
        context.Console += (_, message) =>
        {
            if (string.Equals(message.Type, "error", StringComparison.Ordinal))
            {
                _complaints.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        context.WebError += (_, fault) => _complaints.Enqueue(fault.Error);
        context.Request += (_, request) => _requests.Enqueue(new Uri(request.Url).PathAndQuery);
        page.WebSocket += (_, socket) => _sockets.Enqueue(new Uri(socket.Url).AbsolutePath);
    }

    public IPage Page { get; }

    /// <summary>What the browser asked the server for by HTTP, in order: paths with their queries.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>The WebSockets that the first tab has opened.</summary>
    public IReadOnlyCollection<string> Sockets => _sockets;

    /// <summary>Errors of the console and of scripts that no test expects.</summary>
    public IEnumerable<string> Complaints => _complaints.Where(complaint => !_tolerated.Exists(part => complaint.Contains(part, StringComparison.Ordinal)));

    /// <param name="browser">Where the visitor's window opens.</param>
    /// <param name="address">Of the server.</param>
    /// <param name="signedIn">Cookies of an earlier visit.</param>
    public static async Task<Visitor> EnterAsync(IBrowser browser, string address, string? signedIn = null)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            StorageState = signedIn,
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
        });
        return new Visitor(await context.NewPageAsync());
    }

    /// <summary>Goes to a page and waits until it answers to clicks.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await AliveAsync(Page);
    }

    /// <summary>The same browser with one more tab.</summary>
    public async Task<IPage> OpenTabAsync(string path)
    {
        var tab = await Page.Context.NewPageAsync();
        await tab.GotoAsync(path);
        await AliveAsync(tab);
        return tab;
    }

    /// <summary>What the browser says about a missing page is part of the test.</summary>
    public void Tolerate(string complaint) => _tolerated.Add(complaint);

    /// <summary>The browser may say that the server does not answer: the test has ended it.</summary>
    public void TolerateLostConnection() => _tolerated.AddRange(["ERR_CONNECTION_REFUSED", "WebSocket", "Connection disconnected", "Failed to "]);

    /// <summary>Waits until the page has its circuit.</summary>
    public static Task AliveAsync(IPage page) =>
        page.GetByText("Live", new PageGetByTextOptions { Exact = true }).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    public ValueTask DisposeAsync() => new(Page.Context.CloseAsync());
}
