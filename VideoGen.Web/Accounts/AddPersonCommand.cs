using System.Security.Claims;

namespace VideoGen.Web.Accounts;

/// <summary>Adds somebody with a password that the administrator hands over and the person replaces.</summary>
internal sealed partial class AddPersonCommand(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AddPersonCommand> logger)
{
    public async Task<PeopleCommandResult> ExecuteAsync(Guid actorId, string? name, string? email, bool isAdmin, CancellationToken cancellationToken)
    {
        FieldProblem[] problems = [.. PersonRules.Check(name, email)];
        if (problems.Length > 0)
        {
            return new PeopleCommandResult { Problems = problems };
        }

        await using var change = await AdminTransaction.BeginAsync(scopes, actorId, cancellationToken);
        if (change is null)
        {
            return PeopleCommandResult.Missing;
        }

        var person = new Person
        {
            UserName = email!.Trim(),
            Email = email.Trim(),
            DisplayName = name!.Trim(),
            CreatedAt = clock.GetUtcNow(),
        };
        var password = RandomCode.New(groups: 4);
        var made = await change.People.CreateAsync(person, password);
        if (!made.Succeeded)
        {
            return new PeopleCommandResult { Problems = [.. PersonRules.From(made)] };
        }

        await change.People.AddClaimAsync(person, new Claim(PersonClaims.GivenPasswordType, "true"));
        if (isAdmin)
        {
            await change.People.AddToRoleAsync(person, Roles.Admin);
        }

        await change.CommitAsync(cancellationToken);
        LogAdded(actorId, person.Id, isAdmin);
        return new PeopleCommandResult { Done = true, GivenPassword = password };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{ActorId} added person {PersonId}, administrator: {IsAdmin}.")]
    private partial void LogAdded(Guid actorId, Guid personId, bool isAdmin);
}
