using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using VideoGen.Web.Components;

namespace VideoGen.Tests.App;

/// <summary>What a page answered.</summary>
internal sealed record PageAnswer(HttpStatusCode Status, string? LeadsTo, IReadOnlyList<string> SetCookies, IHtmlDocument Html)
{
    /// <summary>The words of an element, with single spaces; "" when it is not there.</summary>
    public string Words(string selector) => string.Join(' ', (Html.QuerySelector(selector)?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>A person at a browser, without script: cookies are kept, redirects shown and not followed, forms sent as they are in the page.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly Uri _server;
    private readonly CookieContainer _cookies;
    private readonly HttpClient _client;

    /// <param name="server">Where it goes.</param>
    /// <param name="earlier">Whose browser it is, when the person was here before; the cookies are the same.</param>
    public Visitor(Uri server, Visitor? earlier = null)
    {
        _server = server;
        _cookies = earlier?._cookies ?? new CookieContainer();
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = server };
    }

    /// <summary>The client itself, with this person's cookies.</summary>
    public HttpClient Client => _client;

    public async Task<PageAnswer> OpenAsync(string path)
    {
        using var answer = await _client.GetAsync(path);
        return await ReadAsync(answer);
    }

    /// <summary>Opens a page, fills in its form and sends it.</summary>
    /// <param name="page">Where the form is.</param>
    /// <param name="fields">Name of the input without "Input." → what is typed.</param>
    /// <param name="action">The form that leads to an endpoint; the page's own form when not given.</param>
    public async Task<PageAnswer> SendAsync(string page, IReadOnlyDictionary<string, string>? fields = null, string? action = null)
    {
        var opened = await OpenAsync(page);
        var form = opened.Html.QuerySelectorAll<IHtmlFormElement>("form")
            .FirstOrDefault(found => action is null ? found.QuerySelector("input[name=_handler]") is not null : string.Equals(found.GetAttribute("action"), action, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{page} has no such form: {(int)opened.Status} {opened.Words("h1")}");
        return await PostAsync(action ?? page, Filled(form, fields));
    }

    /// <summary>Sends fields as they are, which no page of ours would.</summary>
    public async Task<PageAnswer> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await _client.PostAsync(path, content);
        return await ReadAsync(answer);
    }

    public Task<PageAnswer> SignInAsync(string email, string password, string? page = null) =>
        SendAsync(page ?? Urls.SignIn(), new Dictionary<string, string>(StringComparer.Ordinal) { ["Email"] = email, ["Password"] = password });

    public Task<PageAnswer> SignOutAsync() => SendAsync(Urls.Account, action: Urls.SignOut);

    public void Dispose() => _client.Dispose();

    private static List<KeyValuePair<string, string>> Filled(IHtmlFormElement form, IReadOnlyDictionary<string, string>? fields)
    {
        var hidden = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(input => KeyValuePair.Create(input.Name ?? "", input.Value));
        var typed = (fields ?? new Dictionary<string, string>(StringComparer.Ordinal)).Select(field => KeyValuePair.Create("Input." + field.Key, field.Value));
        return [.. hidden, .. typed];
    }

    /// <summary>The address of a redirect, without the server if it is this one.</summary>
    private string? LeadsTo(HttpResponseMessage answer) =>
        answer.Headers.Location is not { } location ? null
        : new Uri(_server, location) is var whole && Uri.Compare(whole, _server, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.Ordinal) == 0
            ? whole.PathAndQuery
            : whole.ToString();

    private async Task<PageAnswer> ReadAsync(HttpResponseMessage answer) => new(
        answer.StatusCode,
        LeadsTo(answer),
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync()));
}
