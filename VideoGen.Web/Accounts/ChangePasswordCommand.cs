using Microsoft.AspNetCore.Identity;

namespace VideoGen.Web.Accounts;

/// <summary>
/// Gives the signed-in person another password and ends their other sessions. Lives for one request.
/// </summary>
internal sealed class ChangePasswordCommand(UserManager<Person> people, SignInManager<Person> signIn, PasswordCheck check)
{
    /// <returns>What stands in the way; nothing when it is done.</returns>
    public async Task<IReadOnlyList<FieldProblem>> ExecuteAsync(Guid personId, string current, string wanted, CancellationToken cancellationToken)
    {
        var person = await people.FindByIdAsync(personId.ToString());
        if (person is null)
        {
            return [new FieldProblem(PersonFields.CurrentPassword, "This account is gone.")];
        }

        if (PasswordRules.Problem(wanted, person.DisplayName, person.Email) is { } problem)
        {
            return [new FieldProblem(PersonFields.Password, problem)];
        }

        // Somebody at a screen left open must not be able to try passwords without end.
        var answer = await check.RunAsync(person, current, cancellationToken);
        if (!answer.Right)
        {
            return [new FieldProblem(PersonFields.CurrentPassword, answer.LockedUntil is null
                ? $"This is not your password. {answer.TriesLeft} more tries before a pause of 5 minutes."
                : "Too many tries. Wait 5 minutes.")];
        }

        if (string.Equals(current, wanted, StringComparison.Ordinal))
        {
            return [new FieldProblem(PersonFields.Password, "This is the password you already have.")];
        }

        var result = await people.ChangePasswordAsync(person, current, wanted);
        if (!result.Succeeded)
        {
            return [.. PersonRules.From(result)];
        }

        await people.RemoveClaimsAsync(person, [.. (await people.GetClaimsAsync(person)).Where(PersonClaims.IsGivenPassword)]);
        await signIn.RefreshSignInAsync(person);
        return [];
    }
}
