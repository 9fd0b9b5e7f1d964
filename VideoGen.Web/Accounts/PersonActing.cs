using Microsoft.EntityFrameworkCore;
using VideoGen.Web.Data;

namespace VideoGen.Web.Accounts;

/// <summary>Who acts, and whether they are an administrator at this moment, whatever their cookie says.</summary>
internal readonly record struct PersonActing(Guid Id, bool IsAdmin)
{
    public static async Task<PersonActing> ReadAsync(AppDbContext db, Guid personId, CancellationToken cancellationToken)
    {
        DateTimeOffset? blocked = SignInBlock.Forever;
        var admins =
            from membership in db.UserRoles
            join role in db.Roles on membership.RoleId equals role.Id
            join person in db.Users on membership.UserId equals person.Id
            where membership.UserId == personId && role.Name == Roles.Admin && (person.LockoutEnd == null || person.LockoutEnd != blocked)
            select person.Id;
        return new PersonActing(personId, await admins.AnyAsync(cancellationToken));
    }
}
