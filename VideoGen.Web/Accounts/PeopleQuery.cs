using Microsoft.EntityFrameworkCore;
using VideoGen.Web.Data;

namespace VideoGen.Web.Accounts;

/// <summary>One line of the people page.</summary>
/// <param name="LockedUntil">End of a pause after wrong passwords; <see langword="null"/> when there is none.</param>
/// <param name="HasGivenPassword">Whether they still use a password that an administrator gave them.</param>
public sealed record PersonRow(
    Guid Id, string Name, string Email, bool IsAdmin, bool IsBlocked, DateTimeOffset? LockedUntil, bool HasGivenPassword, DateTimeOffset CreatedAt);

/// <summary>People as administrators see them, by name.</summary>
internal sealed class PeopleQuery(IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    public const int MostRows = 200;

    /// <param name="search">Part of a name or an address; empty finds all.</param>
    public async Task<IReadOnlyList<PersonRow>> RunAsync(string? search, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var wanted = (search ?? "").Trim();
        var admins = from link in db.UserRoles
                     join role in db.Roles on link.RoleId equals role.Id
                     where role.Name == Roles.Admin
                     select link.UserId;
        var found = await db.Users.AsNoTracking()
            .OrderBy(p => p.DisplayName).ThenBy(p => p.Id)
            .Select(p => new
            {
                Person = p,
                IsAdmin = admins.Contains(p.Id),
                HasGivenPassword = db.UserClaims.Any(claim => claim.UserId == p.Id && claim.ClaimType == PersonClaims.GivenPasswordType),
            })
            .ToListAsync(cancellationToken);

        return
        [
            .. found.Where(row => Matches(row.Person, wanted)).Take(MostRows).Select(row => new PersonRow(
                row.Person.Id,
                row.Person.DisplayName,
                row.Person.Email ?? "",
                row.IsAdmin,
                row.Person.IsBlocked,
                row.Person.LockoutEnd is { } end && end > now && !row.Person.IsBlocked ? end : null,
                row.HasGivenPassword,
                row.Person.CreatedAt)),
        ];
    }

    // Not in SQL: the engines disagree on what is the same letter outside ASCII, and a studio has hundreds of people, not millions.
    private static bool Matches(Person person, string wanted) =>
        person.DisplayName.Contains(wanted, StringComparison.OrdinalIgnoreCase)
        || (person.Email ?? "").Contains(wanted, StringComparison.OrdinalIgnoreCase);
}
