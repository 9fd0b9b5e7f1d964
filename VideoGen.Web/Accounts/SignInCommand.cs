using Microsoft.AspNetCore.Identity;

namespace VideoGen.Web.Accounts;

/// <summary>Signs a person in with a cookie. Lives for one request.</summary>
internal sealed class SignInCommand(UserManager<Person> people, SignInManager<Person> signIn, PasswordCheck check, Strangers strangers)
{
    public async Task<PasswordAnswer> ExecuteAsync(string email, string password, bool remember, CancellationToken cancellationToken)
    {
        var address = people.NormalizeEmail(email.Trim()) ?? "";
        var person = await people.FindByEmailAsync(email.Trim());

        // A blocked account is nobody's: to say "blocked" would tell a stranger that it exists.
        var answer = person is null || person.IsBlocked
            ? strangers.Answer(address, password)
            : await check.RunAsync(person, password, cancellationToken);
        if (!answer.Right)
        {
            return answer;
        }

        await signIn.SignInAsync(person!, remember);
        return answer with { IsGiven = (await people.GetClaimsAsync(person!)).Any(PersonClaims.IsGivenPassword) };
    }
}
