namespace VideoGen.Web.Accounts;

/// <summary>Makes somebody an administrator, or a member again.</summary>
internal sealed partial class ChangeRoleCommand(IServiceScopeFactory scopes, ILogger<ChangeRoleCommand> logger)
{
    public async Task<PeopleCommandResult> ExecuteAsync(Guid actorId, Guid personId, bool isAdmin, CancellationToken cancellationToken)
    {
        await using var change = await AdminTransaction.BeginAsync(scopes, actorId, cancellationToken);
        if (change is null || await change.People.FindByIdAsync(personId.ToString()) is not { } person)
        {
            return PeopleCommandResult.Missing;
        }

        if (await change.People.IsInRoleAsync(person, Roles.Admin) == isAdmin)
        {
            return PeopleCommandResult.Ok;
        }

        if (!isAdmin && (await change.AdminsAsync()).All(admin => admin.Id == personId))
        {
            return PeopleCommandResult.Refused($"{person.DisplayName} is the only administrator. Make somebody else one first.");
        }

        var changed = isAdmin
            ? await change.People.AddToRoleAsync(person, Roles.Admin)
            : await change.People.RemoveFromRoleAsync(person, Roles.Admin);
        if (!changed.Succeeded)
        {
            return PeopleCommandResult.Refused("Somebody else changed this person just now. Try again.");
        }

        if (!isAdmin)
        {
            // Open pages and cookies carry the role; they end within a minute.
            await change.People.UpdateSecurityStampAsync(person);
        }

        await change.CommitAsync(cancellationToken);
        LogChanged(actorId, personId, isAdmin);
        return PeopleCommandResult.Ok;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{ActorId} changed the role of {PersonId}, administrator: {IsAdmin}.")]
    private partial void LogChanged(Guid actorId, Guid personId, bool isAdmin);
}
