using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Tests.App;
using VideoGen.Web.Components;

namespace VideoGen.Tests.Accounts;

[Trait("Req", "R-50")]
public sealed class SignInTests : IAsyncLifetime
{
    private const string Email = "mara@halden.example";
    private const string Password = "violet harbour 93 kites";
    private const string Stranger = "nobody@halden.example";

    private readonly TestClock _clock = new();
    private StudioServer _server = null!;
    private Visitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await StudioServer.StartAsync(replace: services => services.AddSingleton<TimeProvider>(_clock));
        await _server.AddPersonAsync("Mara Lindqvist", Email, Password);
        _visitor = _server.NewVisitor();
    }

    public ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task SignIn_RightPassword_OpensTheStudio()
    {
        var answer = await _visitor.SignInAsync(" Mara@Halden.example ", Password);

        Assert.Equal((HttpStatusCode.Redirect, Urls.Create), (answer.Status, answer.LeadsTo));
        Assert.Equal("Mara Lindqvist", (await _visitor.OpenAsync(Urls.Account)).Words(".me .full"));
    }

    [Theory]
    [InlineData("/gallery", "/sign-in?returnUrl=%2Fgallery")]
    [InlineData("/gallery?provider=local&page=2", "/sign-in?returnUrl=%2Fgallery%3Fprovider%3Dlocal%26page%3D2")]
    [InlineData("/account", "/sign-in?returnUrl=%2Faccount")]
    [InlineData("/admin/people", "/sign-in?returnUrl=%2Fadmin%2Fpeople")]
    [InlineData("/no-such-page", "/sign-in?returnUrl=%2Fno-such-page")]
    [InlineData("/media/videos/0199a5b0-0000-7000-8000-000000000000", "/sign-in?returnUrl=%2Fmedia%2Fvideos%2F0199a5b0-0000-7000-8000-000000000000")]
    public async Task Page_NotSignedIn_LeadsToSignInAndBack(string page, string signIn)
    {
        var sent = await _visitor.OpenAsync(page);

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Equal(signIn, sent.LeadsTo);
        Assert.Equal(page, (await _visitor.SignInAsync(Email, Password, signIn)).LeadsTo);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("gallery")]
    public async Task SignIn_ReturnUrlLeadsElsewhere_OpensTheStartPage(string returnUrl)
    {
        var answer = await _visitor.SignInAsync(Email, Password, Urls.SignIn(returnUrl));

        Assert.Equal((HttpStatusCode.Redirect, Urls.Create), (answer.Status, answer.LeadsTo));
    }

    [Fact]
    public async Task SignIn_UnknownAddressAndWrongPassword_AreToldApartByNothing()
    {
        for (var i = 0; i < 6; i++)
        {
            var known = await _visitor.SignInAsync(Email, "not the password");
            var unknown = await _visitor.SignInAsync(Stranger, "not the password");

            Assert.Equal(known.Status, unknown.Status);
            Assert.NotEmpty(known.Words("main [role=alert]"));
            Assert.Equal(WithoutSecrets(known, Email), WithoutSecrets(unknown, Stranger));
        }
    }

    [Fact]
    public async Task SignIn_FiveWrongPasswords_PausesForFiveMinutesAndNamesTheTime()
    {
        for (var left = 4; left > 0; left--)
        {
            var wrong = await _visitor.SignInAsync(Email, "not the password");
            var tries = left == 1 ? "One more try" : string.Create(CultureInfo.InvariantCulture, $"{left} more tries");
            Assert.Equal($"That e-mail and password do not match. {tries} before a pause of 5 minutes.", wrong.Words("main [role=alert]"));
        }

        var fifth = await _visitor.SignInAsync(Email, "not the password");
        _clock.Advance(TimeSpan.FromSeconds(299));
        var early = await _visitor.SignInAsync(Email, Password);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var later = await _visitor.SignInAsync(Email, Password);

        Assert.Equal("Too many tries. You can sign in again at 03:09.", fifth.Words("main [role=alert]"));
        Assert.Equal("Too many tries. You can sign in again at 03:09.", early.Words("main [role=alert]"));
        Assert.Equal(HttpStatusCode.Redirect, later.Status);
    }

    [Fact]
    public async Task SignIn_Paused_NamesTheTimeInThePersonsZone()
    {
        _visitor.Client.DefaultRequestHeaders.Add("Cookie", "tz=Europe%2FBerlin");
        for (var i = 0; i < 5; i++)
        {
            await _visitor.SignInAsync(Stranger, "not the password");
        }

        Assert.Contains("again at 04:09.", (await _visitor.SignInAsync(Stranger, "not the password")).Words("main [role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_ManyWrongPasswordsAtOnce_GetNoMoreTriesThanOneAfterAnother()
    {
        var visitors = Enumerable.Range(0, 12).Select(_ => _server.NewVisitor()).ToList();

        var answers = await Task.WhenAll(visitors.Select(visitor => visitor.SignInAsync(Email, "not the password")));

        visitors.ForEach(visitor => visitor.Dispose());
        Assert.True(answers.Count(answer => !answer.Words("main [role=alert]").StartsWith("Too many", StringComparison.Ordinal)) <= 4);
        Assert.StartsWith("Too many", (await _visitor.SignInAsync(Email, Password)).Words("main [role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_RightPassword_ForgetsWrongOnes()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                await _visitor.SignInAsync(Email, "not the password");
            }

            Assert.Equal(HttpStatusCode.Redirect, (await _visitor.SignInAsync(Email, Password)).Status);
        }
    }

    [Theory]
    [InlineData("Email", "Write your e-mail address.")]
    [InlineData("Password", "Write your password.")]
    public async Task SignIn_EmptyField_SaysSoBesideItAndCountsNoTry(string field, string message)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["Email"] = Email, ["Password"] = "not the password" };
        fields[field] = "";

        var answer = await _visitor.SendAsync(Urls.SignIn(), fields);

        Assert.Equal(message, answer.Words($"#{field}-error"));
        Assert.Contains("4 more tries", (await _visitor.SignInAsync(Email, "not the password")).Words("main [role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_Form_ServesPasswordManagers()
    {
        var page = await _visitor.OpenAsync(Urls.SignIn());

        Assert.Equal("username", page.Html.GetElementById("Email")!.GetAttribute("autocomplete"));
        Assert.Equal("current-password", page.Html.GetElementById("Password")!.GetAttribute("autocomplete"));
        Assert.All(page.Html.QuerySelectorAll("main input.in"), input => Assert.NotNull(page.Html.QuerySelector($"label[for={input.Id}]")));
    }

    [Fact]
    public async Task SignIn_Cookie_IsOutOfReachOfScriptsAndEndsAfterSevenDays()
    {
        await _visitor.SignInAsync(Email, Password);

        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await _visitor.OpenAsync(Urls.Account)).Status);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Redirect, (await _visitor.OpenAsync(Urls.Account)).Status);
    }

    [Fact]
    public async Task SignIn_Cookie_IsHttpOnlyAndLax()
    {
        var answer = await _visitor.SignInAsync(Email, Password);

        var cookie = Assert.Single(answer.SetCookies, value => value.StartsWith("videogen=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task SignOut_WithTheForm_EndsTheSession()
    {
        await _visitor.SignInAsync(Email, Password);

        var answer = await _visitor.SignOutAsync();

        Assert.Equal((HttpStatusCode.Redirect, Urls.SignIn()), (answer.Status, answer.LeadsTo));
        Assert.Equal(HttpStatusCode.Redirect, (await _visitor.OpenAsync(Urls.Account)).Status);
    }

    [Theory]
    [InlineData("/sign-out", "")]
    [InlineData("/sign-in", "sign-in")]
    [InlineData("/account", "password")]
    public async Task Form_WithoutAntiforgeryToken_IsRefused(string path, string handler)
    {
        await _visitor.SignInAsync(Email, Password);

        var answer = await _visitor.PostAsync(path, [KeyValuePair.Create("_handler", handler), KeyValuePair.Create("Input.Email", Email)]);

        Assert.Equal((HttpStatusCode.BadRequest, "This was not accepted"), (answer.Status, answer.Words("h1")));
        Assert.Equal(HttpStatusCode.OK, (await _visitor.OpenAsync(Urls.Account)).Status);
    }

    [Fact]
    public async Task SignOut_Get_DoesNothing()
    {
        await _visitor.SignInAsync(Email, Password);

        var answer = await _visitor.OpenAsync(Urls.SignOut);

        Assert.NotEqual(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await _visitor.OpenAsync(Urls.Account)).Status);
    }

    private static string WithoutSecrets(PageAnswer answer, string email)
    {
        foreach (var token in answer.Html.QuerySelectorAll("input[name=__RequestVerificationToken]"))
        {
            token.Remove();
        }

        return answer.Html.Body!.InnerHtml.Replace(email, "", StringComparison.Ordinal);
    }
}
