using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using VideoGen.Web.Data;

namespace VideoGen.Web.Accounts;

/// <summary>
/// One administrator's change to people: in one transaction, one after the other on every engine and node (so that two
/// administrators cannot remove each other), and only for somebody who is an administrator at that moment.
/// </summary>
internal sealed class AdminTransaction : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;
    private readonly IDbContextTransaction _transaction;

    private AdminTransaction(AsyncServiceScope scope, IDbContextTransaction transaction)
    {
        _scope = scope;
        _transaction = transaction;
        People = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
    }

    public UserManager<Person> People { get; }

    /// <returns><see langword="null"/> when the actor is no administrator now.</returns>
    public static async Task<AdminTransaction?> BeginAsync(IServiceScopeFactory scopes, Guid actorId, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var begun = new AdminTransaction(scope, await db.Database.BeginTransactionAsync(cancellationToken));
        await LockAsync(db, scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>(), cancellationToken);
        if ((await begun.AdminsAsync()).Any(admin => admin.Id == actorId))
        {
            return begun;
        }

        await begun.DisposeAsync();
        return null;
    }

    /// <summary>Holds the role's row until the transaction ends; makes the role if this is the first time.</summary>
    public static async Task LockAsync(AppDbContext db, RoleManager<IdentityRole<Guid>> roles, CancellationToken cancellationToken)
    {
        var name = roles.NormalizeKey(Roles.Admin);
        var held = await db.Roles.Where(role => role.NormalizedName == name)
            .ExecuteUpdateAsync(set => set.SetProperty(role => role.Name, Roles.Admin), cancellationToken);
        if (held == 0)
        {
            await roles.CreateAsync(new IdentityRole<Guid>(Roles.Admin) { Id = Guid.CreateVersion7() });
        }
    }

    /// <summary>Administrators who can sign in.</summary>
    public async Task<IReadOnlyList<Person>> AdminsAsync() =>
        [.. (await People.GetUsersInRoleAsync(Roles.Admin)).Where(person => !person.IsBlocked)];

    public Task CommitAsync(CancellationToken cancellationToken) => _transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _scope.DisposeAsync();
    }
}
