using System.Security.Claims;

namespace VideoGen.Web.Accounts;

/// <summary>Replaces a forgotten password by one that the administrator hands over; ends the person's sessions and a pause.</summary>
internal sealed partial class GivePasswordCommand(IServiceScopeFactory scopes, ILogger<GivePasswordCommand> logger)
{
    public async Task<PeopleCommandResult> ExecuteAsync(Guid actorId, Guid personId, CancellationToken cancellationToken)
    {
        await using var change = await AdminTransaction.BeginAsync(scopes, actorId, cancellationToken);
        if (change is null || await change.People.FindByIdAsync(personId.ToString()) is not { } person)
        {
            return PeopleCommandResult.Missing;
        }

        if (actorId == personId)
        {
            return PeopleCommandResult.Refused("Change your own password on your account page.");
        }

        var password = RandomCode.New(groups: 4);
        person.AccessFailedCount = 0;
        person.LockoutEnd = person.IsBlocked ? person.LockoutEnd : null;
        await change.People.RemovePasswordAsync(person);
        var given = await change.People.AddPasswordAsync(person, password);
        if (!given.Succeeded)
        {
            return PeopleCommandResult.Refused("Somebody else changed this person just now. Try again.");
        }

        if (!(await change.People.GetClaimsAsync(person)).Any(PersonClaims.IsGivenPassword))
        {
            await change.People.AddClaimAsync(person, new Claim(PersonClaims.GivenPasswordType, "true"));
        }

        await change.CommitAsync(cancellationToken);
        LogGiven(actorId, personId);
        return new PeopleCommandResult { Done = true, GivenPassword = password };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{ActorId} gave {PersonId} a one-time password.")]
    private partial void LogGiven(Guid actorId, Guid personId);
}
