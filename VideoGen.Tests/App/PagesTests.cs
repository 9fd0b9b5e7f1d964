using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Web.Components;

namespace VideoGen.Tests.App;

/// <summary>What all pages have in common: the frame, the theme, and the pages that say "no".</summary>
[Trait("Req", "R-50")]
public sealed class PagesTests : IAsyncLifetime
{
    private const string Email = "mara@halden.example";
    private const string Password = "violet harbour 93 kites";

    private StudioServer _server = null!;
    private Visitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await StudioServer.StartAsync(replace: services => services.AddTransient<IClaimsTransformation, Fault>());
        await _server.AddPersonAsync("Mara Lindqvist", Email, Password);
        _visitor = _server.NewVisitor();
        await _visitor.SignInAsync(Email, Password);
    }

    public ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        return _server.DisposeAsync();
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/gallery/no-such-page")]
    [InlineData("/not-found")]
    [InlineData("/setup")]
    [InlineData("/admin/people")]
    [InlineData("/videos/0199a5b0-0000-7000-8000-000000000000")]
    [InlineData("/videos/not-an-id")]
    [InlineData("/jobs/0199a5b0-0000-7000-8000-000000000000")]
    [InlineData("/media/videos/0199a5b0-0000-7000-8000-000000000000")]
    public async Task Address_NothingThere_AnswersTheSameNotFoundPage(string path)
    {
        var answer = await _visitor.OpenAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, "There is nothing here"), (answer.Status, answer.Words("h1")));
        Assert.NotNull(answer.Html.QuerySelector("nav.rail"));
    }

    [Fact]
    public async Task Post_NothingThere_AnswersAPageThatSaysSo()
    {
        var answer = await _visitor.PostAsync("/no-such-page", []);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "This was not accepted"), (answer.Status, answer.Words("h1")));
    }

    [Fact]
    public async Task Fault_AnyPage_AnswersTheErrorPageWithoutSecrets()
    {
        var answer = await _visitor.OpenAsync("/account?fault");

        Assert.Equal((HttpStatusCode.InternalServerError, "Something went wrong"), (answer.Status, answer.Words("h1")));
        Assert.NotEmpty(answer.Words("main code"));
        Assert.DoesNotContain(Fault.Secret, answer.Html.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("light", "light")]
    [InlineData("dark", "dark")]
    [InlineData("\"><script>", null)]
    [InlineData("", null)]
    public async Task Theme_Cookie_IsWrittenIntoThePage(string cookie, string? theme)
    {
        using var visitor = _server.NewVisitor();
        visitor.Client.DefaultRequestHeaders.Add("Cookie", "theme=" + Uri.EscapeDataString(cookie));

        var page = await visitor.OpenAsync(Urls.SignIn());

        Assert.Equal(theme, page.Html.DocumentElement.GetAttribute("data-theme"));
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/account")]
    [InlineData("/no-such-page")]
    public async Task Page_Any_IsFramedForEverybody(string path)
    {
        var page = await _visitor.OpenAsync(path);

        Assert.Equal("en", page.Html.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.Html.QuerySelectorAll("h1"));
        Assert.Equal("-1", page.Html.QuerySelector("main#main")!.GetAttribute("tabindex"));
        Assert.Equal("#main", page.Html.Body!.QuerySelector("a, button, input")!.GetAttribute("href"));
        Assert.Equal("polite", page.Html.QuerySelector("#live")!.GetAttribute("aria-live"));
        Assert.All(page.Html.QuerySelectorAll("script"), script => Assert.NotNull(script.GetAttribute("src")));
    }

    [Fact]
    public async Task Assets_NotSignedIn_AreServedAndMayBeKept()
    {
        using var stranger = _server.NewVisitor();
        var page = await stranger.OpenAsync(Urls.SignIn());
        var addresses = page.Html.QuerySelectorAll("link[href], script[src], img[src]")
            .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!)
            .Append(StudioAssets.Url("icons/sprite.svg"))
            .ToList();

        foreach (var address in addresses)
        {
            using var answer = await stranger.Client.GetAsync(address);

            Assert.True(answer.IsSuccessStatusCode, $"{address}: {(int)answer.StatusCode}");
            Assert.NotEqual(0, answer.Content.Headers.ContentLength);
            Assert.True(!address.StartsWith("/assets", StringComparison.Ordinal) || answer.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(300), address);
        }

        Assert.True(addresses.Count > 10);
    }

    [Fact]
    public async Task Assets_MissingFile_IsNotFoundForStrangers()
    {
        using var stranger = _server.NewVisitor();

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync("/assets/no-such-file.css")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.OpenAsync("/assets/%2e%2e/appsettings.json")).Status);
    }

    [Fact]
    public void Icons_UsedInPages_AreInTheSprite()
    {
        var sprite = File.ReadAllText(Path.Combine(StudioAssets.Folder, "icons", "sprite.svg"));

        Assert.All(
            new[] { "create", "gallery", "admin", "alert", "lock", "key", "check", "search", "plus", "shield", "clock", "out", "eye", "sun", "moon" },
            name => Assert.Contains($"id=\"i-{name}\"", sprite, StringComparison.Ordinal));
    }

    /// <summary>A fault of ours in the midst of a request that asks for one.</summary>
    private sealed class Fault(Microsoft.AspNetCore.Http.IHttpContextAccessor accessor) : IClaimsTransformation
    {
        public const string Secret = "sk-secret-of-the-server";

        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) =>
            accessor.HttpContext!.Request.QueryString.Value is "?fault" && accessor.HttpContext.Request.Path != Urls.Error
                ? throw new InvalidOperationException(Secret)
                : Task.FromResult(principal);
    }
}
