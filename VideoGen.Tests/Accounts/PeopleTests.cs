using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Tests.App;
using VideoGen.Web.Accounts;
using VideoGen.Web.Components;

namespace VideoGen.Tests.Accounts;

/// <summary>What administrators do to people: the commands, with their effect on real sessions.</summary>
[Trait("Req", "R-50")]
public sealed class PeopleTests : IAsyncLifetime
{
    private const string AdminEmail = "mara@halden.example";
    private const string MemberEmail = "jonas@halden.example";
    private const string Password = "violet harbour 93 kites";

    private readonly TestClock _clock = new();
    private StudioServer _server = null!;
    private Visitor _member = null!;
    private Guid _adminId;
    private Guid _memberId;

    public async ValueTask InitializeAsync()
    {
        _server = await StudioServer.StartAsync(replace: services => services.AddSingleton<TimeProvider>(_clock));
        _adminId = await _server.AddPersonAsync("Mara Lindqvist", AdminEmail, Password, isAdmin: true);
        _memberId = await _server.AddPersonAsync("Jonas Okafor", MemberEmail, Password);
        _member = _server.NewVisitor();
        await _member.SignInAsync(MemberEmail, Password);
    }

    public ValueTask DisposeAsync()
    {
        _member.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task PeoplePage_Administrator_ListsPeople()
    {
        using var admin = _server.NewVisitor();
        await admin.SignInAsync(AdminEmail, Password);

        var page = await admin.OpenAsync(Urls.People);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Jonas Okafor, Mara Lindqvist", string.Join(", ", page.Html.QuerySelectorAll("tbody .name").Select(name => name.TextContent)));
        Assert.Contains(page.Html.QuerySelectorAll(".rail a"), link => link.GetAttribute("href") is Urls.People);
    }

    [Fact]
    public async Task PeoplePage_Member_LooksLikeAPageThatIsNotThere()
    {
        var foreign = await _member.OpenAsync(Urls.People);
        var missing = await _member.OpenAsync("/admin/no-such-page");

        Assert.Equal((HttpStatusCode.NotFound, "There is nothing here"), (foreign.Status, foreign.Words("h1")));
        Assert.Equal(missing.Words("body"), foreign.Words("body"));
        Assert.DoesNotContain(foreign.Html.QuerySelectorAll(".rail a"), link => link.GetAttribute("href") is Urls.People);
    }

    [Fact]
    public async Task Add_Person_SignsInWithTheOneTimePasswordAndIsAskedToReplaceIt()
    {
        var added = await AddPerson.ExecuteAsync(_adminId, " Sofia Petrou ", " sofia@halden.example ", isAdmin: false, default);
        using var sofia = _server.NewVisitor();

        var signedIn = await sofia.SignInAsync("sofia@halden.example", added.GivenPassword!);
        var asked = await sofia.OpenAsync(Urls.Account);
        await sofia.SendAsync(Urls.Account, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Current"] = added.GivenPassword!,
            ["Wanted"] = "slow lantern over 7 hills",
        });

        Assert.Equal(Urls.Account, signedIn.LeadsTo);
        Assert.Contains("Choose your own password.", asked.Words("main"), StringComparison.Ordinal);
        Assert.DoesNotContain("Choose your own password.", (await sofia.OpenAsync(Urls.Account)).Words("main"), StringComparison.Ordinal);
        Assert.Equal(Urls.Create, (await sofia.SignInAsync("sofia@halden.example", "slow lantern over 7 hills")).LeadsTo);
    }

    [Theory]
    [InlineData("", "sofia@halden.example", "name")]
    [InlineData("Sofia\nPetrou", "sofia@halden.example", "name")]
    [InlineData("Sofia Petrou", "", "email")]
    [InlineData("Sofia Petrou", "sofia", "email")]
    [InlineData("Sofia Petrou", "JONAS@halden.example", "email")]
    public async Task Add_BadField_NamesItAndAddsNobody(string name, string email, string field)
    {
        var refused = await AddPerson.ExecuteAsync(_adminId, name, email, isAdmin: false, default);

        Assert.False(refused.Done);
        Assert.Equal(field, string.Join(", ", refused.Problems.Select(problem => problem.Field)));
        Assert.Equal(2, (await People.RunAsync(search: null, default)).Count);
    }

    [Fact]
    public async Task Add_LongName_IsRefused()
    {
        var refused = await AddPerson.ExecuteAsync(_adminId, new string('n', 101), "sofia@halden.example", isAdmin: false, default);

        Assert.Equal("At most 100 characters.", Assert.Single(refused.Problems).Text);
    }

    [Fact]
    public async Task Commands_ActorIsNoAdministrator_ChangeNothing()
    {
        PeopleCommandResult[] results =
        [
            await AddPerson.ExecuteAsync(_memberId, "Sofia Petrou", "sofia@halden.example", isAdmin: true, default),
            await ChangeRole.ExecuteAsync(_memberId, _memberId, isAdmin: true, default),
            await BlockPerson.ExecuteAsync(_memberId, _adminId, block: true, default),
            await GivePassword.ExecuteAsync(_memberId, _adminId, default),
        ];

        Assert.All(results, result => Assert.False(result.Done));
        var rows = await People.RunAsync(search: null, default);
        Assert.Equal([(_memberId, false, false), (_adminId, true, false)], rows.Select(row => (row.Id, row.IsAdmin, row.IsBlocked)));
        Assert.Equal(Urls.Create, (await _member.SignInAsync(AdminEmail, Password)).LeadsTo);
    }

    [Fact]
    public async Task Commands_PersonIsNotThere_SayTheSameAsToAStranger()
    {
        var missing = await BlockPerson.ExecuteAsync(_adminId, Guid.CreateVersion7(), block: true, default);
        var foreign = await BlockPerson.ExecuteAsync(_memberId, _adminId, block: true, default);

        Assert.Equal(foreign.Problems, missing.Problems);
    }

    [Fact]
    public async Task ChangeRole_ThereAndBack_OpensAndClosesTheAdminPages()
    {
        Assert.True((await ChangeRole.ExecuteAsync(_adminId, _memberId, isAdmin: true, default)).Done);
        await _member.SignInAsync(MemberEmail, Password);
        var asAdmin = await _member.OpenAsync(Urls.People);

        Assert.True((await ChangeRole.ExecuteAsync(_adminId, _memberId, isAdmin: false, default)).Done);
        _clock.Advance(TimeSpan.FromSeconds(61));
        var after = await _member.OpenAsync(Urls.People);

        Assert.Equal(HttpStatusCode.OK, asAdmin.Status);
        Assert.NotEqual(HttpStatusCode.OK, after.Status);
    }

    [Fact]
    public async Task LastAdministrator_CanBeNeitherDemotedNorBlocked()
    {
        var demoted = await ChangeRole.ExecuteAsync(_adminId, _adminId, isAdmin: false, default);
        var blocked = await BlockPerson.ExecuteAsync(_adminId, _adminId, block: true, default);

        const string Reason = "Mara Lindqvist is the only administrator. Make somebody else one first.";
        Assert.Equal(2, demoted.Problems.Concat(blocked.Problems).Count(problem => problem.Text is Reason));
        Assert.True((await People.RunAsync("mara", default)).Single() is { IsAdmin: true, IsBlocked: false });
    }

    [Fact]
    public async Task LastAdministrator_OtherOneIsBlocked_CannotBeDemoted()
    {
        await ChangeRole.ExecuteAsync(_adminId, _memberId, isAdmin: true, default);
        await BlockPerson.ExecuteAsync(_adminId, _memberId, block: true, default);

        Assert.False((await ChangeRole.ExecuteAsync(_adminId, _adminId, isAdmin: false, default)).Done);
    }

    [Fact]
    public async Task Administrators_DemoteEachOtherAtOnce_LeaveOne()
    {
        await ChangeRole.ExecuteAsync(_adminId, _memberId, isAdmin: true, default);

        await Task.WhenAll(
            ChangeRole.ExecuteAsync(_adminId, _memberId, isAdmin: false, default),
            ChangeRole.ExecuteAsync(_memberId, _adminId, isAdmin: false, default));

        Assert.Single(await People.RunAsync(search: null, default), row => row.IsAdmin);
    }

    [Fact]
    public async Task Block_Person_EndsTheirSessionAndTheirSignIn()
    {
        Assert.True((await BlockPerson.ExecuteAsync(_adminId, _memberId, block: true, default)).Done);
        _clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(HttpStatusCode.Redirect, (await _member.OpenAsync(Urls.Account)).Status);
        for (var i = 0; i < 6; i++)
        {
            Assert.Null((await _member.SignInAsync(MemberEmail, Password)).LeadsTo);
        }

        Assert.True((await People.RunAsync("jonas", default)).Single().IsBlocked);
    }

    [Fact]
    public async Task Unblock_Person_LetsThemIn()
    {
        await BlockPerson.ExecuteAsync(_adminId, _memberId, block: true, default);

        await BlockPerson.ExecuteAsync(_adminId, _memberId, block: false, default);

        Assert.Equal(Urls.Create, (await _member.SignInAsync(MemberEmail, Password)).LeadsTo);
    }

    [Fact]
    public async Task GivePassword_Person_ReplacesTheOldOneAndEndsAPause()
    {
        for (var i = 0; i < 5; i++)
        {
            await _member.SignInAsync(MemberEmail, "not the password");
        }

        var given = await GivePassword.ExecuteAsync(_adminId, _memberId, default);

        Assert.Null((await _member.SignInAsync(MemberEmail, Password)).LeadsTo);
        Assert.Equal(Urls.Account, (await _member.SignInAsync(MemberEmail, given.GivenPassword!)).LeadsTo);
        Assert.True((await People.RunAsync("jonas", default)).Single().HasGivenPassword);
    }

    [Theory]
    [InlineData("OKAFOR", 1)]
    [InlineData("halden", 2)]
    [InlineData(" mara ", 1)]
    [InlineData("nobody", 0)]
    [InlineData("%", 0)]
    [InlineData("", 2)]
    public async Task Query_Search_FindsPartsOfNamesAndAddresses(string search, int found)
    {
        Assert.Equal(found, (await People.RunAsync(search, default)).Count);
    }

    private AddPersonCommand AddPerson => _server.Services.GetRequiredService<AddPersonCommand>();

    private ChangeRoleCommand ChangeRole => _server.Services.GetRequiredService<ChangeRoleCommand>();

    private BlockPersonCommand BlockPerson => _server.Services.GetRequiredService<BlockPersonCommand>();

    private GivePasswordCommand GivePassword => _server.Services.GetRequiredService<GivePasswordCommand>();

    private PeopleQuery People => _server.Services.GetRequiredService<PeopleQuery>();
}
