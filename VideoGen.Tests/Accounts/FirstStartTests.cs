using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Tests.App;
using VideoGen.Tests.Data;
using VideoGen.Web.Accounts;
using VideoGen.Web.Components;
using VideoGen.Web.Data;

namespace VideoGen.Tests.Accounts;

[Trait("Req", "R-50")]
public sealed class FirstStartTests : IAsyncLifetime, IClassFixture<PostgresDatabase>
{
    private const string Password = "violet harbour 93 kites";

    private readonly TestClock _clock = new();
    private readonly PostgresDatabase _postgres;
    private StudioServer _server = null!;

    public FirstStartTests(PostgresDatabase postgres)
    {
        _postgres = postgres;
    }

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/gallery")]
    [InlineData("/sign-in")]
    [InlineData("/account")]
    [InlineData("/admin/people")]
    [InlineData("/no-such-page")]
    public async Task Page_NobodyHasAnAccount_LeadsToSetUp(string page)
    {
        using var visitor = _server.NewVisitor();

        var answer = await visitor.OpenAsync(page);

        Assert.Equal((HttpStatusCode.Redirect, Urls.SetUp), (answer.Status, answer.LeadsTo));
    }

    [Fact]
    public void Start_NobodyHasAnAccount_PrintsCodeAndAddress()
    {
        var address = _server.Address.ToString().TrimEnd('/');

        Assert.Matches("^[2-9A-Z]{4}-[2-9A-Z]{4}$", _server.SetUpCode);
        Assert.Contains($"info: VideoGen is ready on {address}", _server.ConsoleText, StringComparison.Ordinal);
        Assert.Contains($"info: First start. One-time code: {_server.SetUpCode}", _server.ConsoleText, StringComparison.Ordinal);
        Assert.Contains($"{address}/setup", _server.ConsoleText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetUp_RightCode_MakesAdministratorAndSignsIn()
    {
        using var visitor = _server.NewVisitor();

        var answer = await visitor.SendAsync(Urls.SetUp, Typed(code: _server.SetUpCode.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)));

        Assert.Equal((HttpStatusCode.Redirect, Urls.Create), (answer.Status, answer.LeadsTo));
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync(Urls.People)).Status);
    }

    [Fact]
    public async Task SetUp_AccountExists_IsNotFoundAndItsCodeIsSpent()
    {
        using var first = _server.NewVisitor();
        using var second = _server.NewVisitor();
        var form = await second.OpenAsync(Urls.SetUp);
        await first.SendAsync(Urls.SetUp, Typed());

        var late = await second.PostAsync(Urls.SetUp, [
            KeyValuePair.Create("__RequestVerificationToken", form.Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!),
            KeyValuePair.Create("_handler", "set-up"),
            .. Typed(email: "late@halden.example").Select(field => KeyValuePair.Create("Input." + field.Key, field.Value))]);

        Assert.Equal(HttpStatusCode.NotFound, late.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await second.OpenAsync(Urls.SetUp)).Status);
        Assert.Equal(1, await CountPeopleAsync(_server));
    }

    [Fact]
    public async Task SetUp_ManyAtOnce_MakesOneAccount()
    {
        await AssertOneAccountAsync(_server);
    }

    [Fact]
    public async Task SetUp_ManyAtOnceOnPostgres_MakesOneAccount()
    {
        Assert.SkipWhen(_postgres.Missing is not null, _postgres.Missing ?? "");
        var settings = _postgres.Settings.Where(setting => setting.Key is not "Data:RootPath").ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal);
        await using var server = await StudioServer.StartAsync(settings);

        await AssertOneAccountAsync(server);
    }

    [Theory]
    [InlineData("Code", "", "Write the code that the server printed.")]
    [InlineData("Code", "AAAA-2222", "This code is not the newest one. Restarting the server prints a new code.")]
    [InlineData("Name", " ", "Write a name.")]
    [InlineData("Email", "", "Write an e-mail address.")]
    [InlineData("Email", "mara", "Write a whole e-mail address, like mara@halden.example.")]
    [InlineData("Email", "mara@two words", "Write a whole e-mail address, like mara@halden.example.")]
    [InlineData("Password", "", "Write a password.")]
    [InlineData("Password", "kites 93", "Use 12 characters or more; this has 8.")]
    [InlineData("Password", "Password1234", "This is easy to guess: it is a well-known password, a pattern, or made of your name or address.")]
    public async Task SetUp_BadField_SaysSoBesideItAndMakesNothing(string field, string typed, string message)
    {
        using var visitor = _server.NewVisitor();
        var fields = Typed();
        fields[field] = typed;

        var answer = await visitor.SendAsync(Urls.SetUp, fields);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(message, answer.Words($"#{field}-error"));
        var input = answer.Html.GetElementById(field)!;
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Contains($"{field}-error", input.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Single(answer.Html.QuerySelectorAll(".err"));
        Assert.Equal(0, await CountPeopleAsync(_server));
    }

    [Fact]
    public async Task SetUp_PasswordRefused_IsNotSentBack()
    {
        using var visitor = _server.NewVisitor();
        var fields = Typed();
        fields["Email"] = "";

        var answer = await visitor.SendAsync(Urls.SetUp, fields);

        Assert.DoesNotContain(Password, answer.Html.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetUp_TenWrongCodes_TakesNotEvenTheRightOneForAMinute()
    {
        var firstStart = _server.Services.GetRequiredService<FirstStart>();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(SetUpCodeAnswer.Wrong, firstStart.Check("AAAA-2222"));
        }

        using var visitor = _server.NewVisitor();
        var paused = await visitor.SendAsync(Urls.SetUp, Typed());
        _clock.Advance(TimeSpan.FromMinutes(1));
        var taken = await visitor.SendAsync(Urls.SetUp, Typed());

        Assert.Equal("Too many wrong codes. Wait a minute, then try again.", paused.Words("#Code-error"));
        Assert.Equal(HttpStatusCode.Redirect, taken.Status);
    }

    [Fact]
    public async Task SetUp_Restart_TakesTheNewCodeOnly()
    {
        using var folder = new TestFolder();
        string old;
        await using (var before = await StudioServer.StartAsync(folder: folder))
        {
            old = before.SetUpCode;
        }

        await using var after = await StudioServer.StartAsync(folder: folder);
        using var visitor = after.NewVisitor();
        var refused = await visitor.SendAsync(Urls.SetUp, Typed(code: old));
        var taken = await visitor.SendAsync(Urls.SetUp, Typed(code: after.SetUpCode));

        Assert.StartsWith("This code is not the newest one.", refused.Words("#Code-error"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, taken.Status);
    }

    [Fact]
    public async Task Start_AccountExists_PrintsNoCode()
    {
        using var folder = new TestFolder();
        await using (var before = await StudioServer.StartAsync(folder: folder))
        {
            await before.AddPersonAsync("Mara Lindqvist", "mara@halden.example", Password, isAdmin: true);
        }

        await using var after = await StudioServer.StartAsync(folder: folder);

        Assert.Contains("VideoGen is ready on", after.ConsoleText, StringComparison.Ordinal);
        Assert.DoesNotContain("code", after.ConsoleText, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task AssertOneAccountAsync(StudioServer server)
    {
        var visitors = Enumerable.Range(0, 6).Select(_ => server.NewVisitor()).ToList();

        var answers = await Task.WhenAll(visitors.Select((visitor, index) =>
            visitor.SendAsync(Urls.SetUp, Fields(server.SetUpCode, $"person{index}@halden.example"))));

        visitors.ForEach(visitor => visitor.Dispose());
        Assert.Equal(1, await CountPeopleAsync(server));
        Assert.Single(answers, answer => answer.LeadsTo is Urls.Create);
        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Redirect or HttpStatusCode.NotFound, answer.Status.ToString()));
    }

    private static async Task<int> CountPeopleAsync(StudioServer server)
    {
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await db.Users.CountAsync();
    }

    private static Dictionary<string, string> Fields(string code, string email = "mara@halden.example") => new(StringComparer.Ordinal)
    {
        ["Code"] = code,
        ["Name"] = "Mara Lindqvist",
        ["Email"] = email,
        ["Password"] = Password,
    };

    private Dictionary<string, string> Typed(string? code = null, string? email = null) =>
        Fields(code ?? _server.SetUpCode, email ?? "mara@halden.example");

    private Task<StudioServer> StartAsync() => StudioServer.StartAsync(replace: services => services.AddSingleton<TimeProvider>(_clock));
}
