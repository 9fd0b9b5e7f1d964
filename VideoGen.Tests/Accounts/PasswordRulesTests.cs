using VideoGen.Web.Accounts;

namespace VideoGen.Tests.Accounts;

[Trait("Req", "R-50")]
public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("Password1234")]
    [InlineData("p4$$w0rd2026")]
    [InlineData("passwordpassword")]
    [InlineData("qwertyuiop12")]
    [InlineData("poiuytrewq!!")]
    [InlineData("123456789012")]
    [InlineData("987654321098")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("Summer2026!!!!")]
    [InlineData("iloveyou1234")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("Welcome12345")]
    [InlineData("MaraLindqvist1")]
    [InlineData("mara@halden.example")]
    public void Problem_EasyGuess_IsRefused(string password)
    {
        Assert.StartsWith("This is easy to guess", PasswordRules.Problem(password, "Mara Lindqvist", "mara@halden.example"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("violet harbour 93 kites")]
    [InlineData("K7QM-2XPD-9RTH-W4NB")]
    [InlineData("dkQ83nzLw0ep")]
    [InlineData("über den Dächern 🎈🎈")]
    [InlineData("mara buys nine turnips")]
    [InlineData("drei kleine Schildkröten")]
    public void Problem_OwnWords_AreTaken(string password)
    {
        Assert.Null(PasswordRules.Problem(password, "Mara Lindqvist", "mara@halden.example"));
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Problem_Length_CountsFrom12To128(int length, bool taken)
    {
        var password = string.Concat(Enumerable.Repeat("kPz7vRw2", 17))[..length];

        Assert.Equal(taken, PasswordRules.Problem(password, name: null, email: null) is null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Problem_Nothing_AsksForAPassword(string? password)
    {
        Assert.Equal("Write a password.", PasswordRules.Problem(password, name: null, email: null));
    }
}
