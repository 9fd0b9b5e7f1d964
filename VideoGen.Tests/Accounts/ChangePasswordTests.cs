using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Tests.App;
using VideoGen.Web.Components;

namespace VideoGen.Tests.Accounts;

[Trait("Req", "R-50")]
public sealed class ChangePasswordTests : IAsyncLifetime
{
    private const string Email = "mara@halden.example";
    private const string Password = "violet harbour 93 kites";
    private const string NewPassword = "slow lantern over 7 hills";

    private readonly TestClock _clock = new();
    private StudioServer _server = null!;
    private Visitor _here = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await StudioServer.StartAsync(replace: services => services.AddSingleton<TimeProvider>(_clock));
        await _server.AddPersonAsync("Mara Lindqvist", Email, Password);
        _here = _server.NewVisitor();
        await _here.SignInAsync(Email, Password);
    }

    public ValueTask DisposeAsync()
    {
        _here.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Change_RightPassword_TakesTheNewOneOnlyAndEndsOtherSessions()
    {
        using var elsewhere = _server.NewVisitor();
        await elsewhere.SignInAsync(Email, Password);

        var answer = await ChangeAsync(Password, NewPassword);
        _clock.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1));

        Assert.Equal("/account?changed=true", answer.LeadsTo);
        Assert.Equal(HttpStatusCode.OK, (await _here.OpenAsync(Urls.Account)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.OpenAsync(Urls.Account)).Status);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.SignInAsync(Email, Password)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.SignInAsync(Email, NewPassword)).Status);
    }

    [Theory]
    [InlineData("not the password", NewPassword, "Current", "This is not your password. 4 more tries before a pause of 5 minutes.")]
    [InlineData(Password, "too short", "Wanted", "Use 12 characters or more; this has 9.")]
    [InlineData(Password, Password, "Wanted", "This is the password you already have.")]
    [InlineData(Password, "", "Wanted", "Write a password.")]
    public async Task Change_BadField_SaysSoBesideItAndKeepsThePassword(string current, string wanted, string field, string message)
    {
        var answer = await ChangeAsync(current, wanted);

        Assert.Equal(message, answer.Words($"#{field}-error"));
        using var other = _server.NewVisitor();
        Assert.Equal(HttpStatusCode.Redirect, (await other.SignInAsync(Email, Password)).Status);
    }

    [Fact]
    public async Task Change_FiveWrongPasswords_TakesNotEvenTheRightOne()
    {
        for (var i = 0; i < 5; i++)
        {
            await ChangeAsync("not the password", NewPassword);
        }

        var answer = await ChangeAsync(Password, NewPassword);

        Assert.Equal("Too many tries. Wait 5 minutes.", answer.Words("#Current-error"));
    }

    private Task<PageAnswer> ChangeAsync(string current, string wanted) =>
        _here.SendAsync(Urls.Account, new Dictionary<string, string>(StringComparer.Ordinal) { ["Current"] = current, ["Wanted"] = wanted });
}
