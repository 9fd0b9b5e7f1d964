using Microsoft.Playwright;
using VideoGen.Tests.Browser.Pages;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Tests.Browser;

/// <summary>Bad input in each field of the forms about accounts.</summary>
[Trait("Req", "R-06")]
[Trait("Req", "R-50")]
public sealed class AccountFormTests(Chromium chromium, Studio studio) : BrowserTest, IClassFixture<Studio>
{
    [Fact]
    public async Task SetUp_BadInputInEachField_MakesNoAccount()
    {
        await using var server = await StudioServer.StartAsync();
        var visitor = await LetInAsync(Visitor.EnterAsync(chromium.Browser, server.Address));
        var page = visitor.Page;
        await page.GotoAsync("/");
        var setUp = new SetUpPage(page);

        // The browser keeps an empty field back and leads to it.
        await setUp.Submit.ClickAsync();
        await Expect(setUp.Code).ToBeFocusedAsync();

        await Forms.SkipBrowserChecksAsync(page);
        await setUp.FillAsync("", " ", "mara at halden", "short");
        await setUp.Submit.ClickAsync();
        await Forms.RefusesAsync(setUp.Code, "Write the code that the server printed.");
        await Forms.RefusesAsync(setUp.Name, "Write a name.");
        await Forms.RefusesAsync(setUp.Email, "Write a whole e-mail address");
        await Forms.RefusesAsync(setUp.Password, "Use 12 characters or more; this has 5.");

        await setUp.FillAsync("AAAA-AAAA", "Mara Halden", "mara@halden.example", "marahalden2026");
        await setUp.Submit.ClickAsync();
        await Forms.RefusesAsync(setUp.Code, "This code is not the newest one.");
        await Forms.RefusesAsync(setUp.Password, "This is easy to guess");

        await page.GotoAsync("/sign-in");
        await Expect(page).ToHaveURLAsync("/setup");
    }

    [Fact]
    public async Task SignIn_WrongOrEmpty_StaysOutside()
    {
        var visitor = await LetInAsync(studio.StrangerAsync());
        var signIn = new SignInPage(visitor.Page);

        await signIn.SignInAsync(Studio.Mara.Email, "not her password");
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("That e-mail and password do not match.");
        await Forms.SkipBrowserChecksAsync(visitor.Page);
        await signIn.Email.FillAsync("");
        await signIn.Submit.ClickAsync();
        await Forms.RefusesAsync(signIn.Email, "Write your e-mail address.");
        await Forms.RefusesAsync(signIn.Password, "Write your password.");

        await visitor.Page.GotoAsync("/gallery");
        await Expect(visitor.Page).ToHaveURLAsync("/sign-in?returnUrl=%2Fgallery");
        await signIn.Email.FillAsync(Studio.Mara.Email);
        await signIn.Password.FillAsync(Studio.Mara.Password);
        await signIn.Submit.ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync("/gallery");
    }

    [Fact]
    public async Task Account_BadInputInEachField_KeepsThePassword()
    {
        var visitor = await LetInAsync(studio.MaraAsync());
        await visitor.Page.GotoAsync("/account");
        var account = new AccountPage(visitor.Page);

        await Forms.SkipBrowserChecksAsync(visitor.Page);
        await account.ChangePasswordAsync(Studio.Mara.Password, "short");
        await Forms.RefusesAsync(account.Wanted, "Use 12 characters or more; this has 5.");

        await account.ChangePasswordAsync("not her password", "crimson heron 41 lanterns");
        await Forms.RefusesAsync(account.Current, "This is not your password.");

        var again = await LetInAsync(studio.StrangerAsync());
        await new SignInPage(again.Page).SignInAsync(Studio.Mara.Email, Studio.Mara.Password);
        await Expect(again.Page).ToHaveURLAsync("/");
    }

    [Fact]
    public async Task SignOut_Pressed_LeavesTheStudio()
    {
        var visitor = await LetInAsync(studio.MaraAsync());
        await visitor.Page.GotoAsync("/account");

        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync("/sign-in");

        await visitor.Page.GotoAsync("/gallery");
        await Expect(visitor.Page).ToHaveURLAsync("/sign-in?returnUrl=%2Fgallery");
    }

    [Fact]
    public async Task People_BadInputInEachField_AddsNobody()
    {
        var visitor = await LetInAsync(studio.MaraAsync());
        await visitor.GoAsync("/admin/people");
        var people = new PeoplePage(visitor.Page);
        await Expect(people.Rows).Not.ToHaveCountAsync(0);
        var before = await people.Rows.CountAsync();

        await people.TryToAddAsync("", "tom at halden");
        await Forms.RefusesAsync(people.Name, "Write a name.");
        await Forms.RefusesAsync(people.Email, "Write a whole e-mail address");

        await people.TryToAddAsync("Tom Twice", Studio.Mara.Email);
        await Forms.RefusesAsync(people.Email, "Somebody with this e-mail address already has an account.");

        await visitor.GoAsync("/admin/people");
        await Expect(people.Rows).ToHaveCountAsync(before);
    }
}
