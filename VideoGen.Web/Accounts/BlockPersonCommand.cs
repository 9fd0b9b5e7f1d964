namespace VideoGen.Web.Accounts;

/// <summary>Stops somebody from signing in, or lets them again. Their jobs and videos stay.</summary>
internal sealed partial class BlockPersonCommand(IServiceScopeFactory scopes, ILogger<BlockPersonCommand> logger)
{
    public async Task<PeopleCommandResult> ExecuteAsync(Guid actorId, Guid personId, bool block, CancellationToken cancellationToken)
    {
        await using var change = await AdminTransaction.BeginAsync(scopes, actorId, cancellationToken);
        if (change is null || await change.People.FindByIdAsync(personId.ToString()) is not { } person)
        {
            return PeopleCommandResult.Missing;
        }

        if (block && (await change.AdminsAsync()) is [var only] && only.Id == personId)
        {
            return PeopleCommandResult.Refused($"{person.DisplayName} is the only administrator. Make somebody else one first.");
        }

        person.LockoutEnd = block ? SignInBlock.Forever : null;
        person.AccessFailedCount = 0;

        // Saves the person too, and ends their sessions within a minute.
        var changed = await change.People.UpdateSecurityStampAsync(person);
        if (!changed.Succeeded)
        {
            return PeopleCommandResult.Refused("Somebody else changed this person just now. Try again.");
        }

        await change.CommitAsync(cancellationToken);
        LogChanged(actorId, personId, block);
        return PeopleCommandResult.Ok;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{ActorId} changed whether {PersonId} may sign in, blocked: {Blocked}.")]
    private partial void LogChanged(Guid actorId, Guid personId, bool blocked);
}
