using System.Net;
using VideoGen.Web.Components;

namespace VideoGen.Tests.App;

/// <summary>The keys that protect cookies are gone, from a restored backup or a cleaned disk (F64).</summary>
[Trait("Req", "R-70")]
public sealed class LostKeysTests
{
    private const string Email = "mara@halden.example";
    private const string Password = "violet harbour 93 kites";

    [Fact]
    public async Task Start_KeysLost_PeopleSignInAgainAndNothingElseChanges()
    {
        using var folder = new TestFolder();
        using var visitor = await SignInOnceAsync(folder);
        Directory.Delete(folder.PathOf("data/keys"), recursive: true);

        await using var after = await StudioServer.StartAsync(folder: folder);
        using var later = after.NewVisitor(visitor);

        var sentAway = await later.OpenAsync(Urls.Gallery);
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?returnUrl=%2Fgallery"), (sentAway.Status, sentAway.LeadsTo));
        Assert.Equal(Urls.Create, (await later.SignInAsync(Email, Password)).LeadsTo);
        Assert.Equal(HttpStatusCode.OK, (await later.OpenAsync(Urls.Gallery)).Status);
    }

    private static async Task<Visitor> SignInOnceAsync(TestFolder folder)
    {
        await using var server = await StudioServer.StartAsync(folder: folder);
        await server.AddPersonAsync("Mara Lindqvist", Email, Password);
        var visitor = server.NewVisitor();
        await visitor.SignInAsync(Email, Password);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync(Urls.Gallery)).Status);
        return visitor;
    }
}
