using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace VideoGen.Web.Accounts;

/// <summary>Puts the person's name into the cookie, so that no page needs the database to greet them.</summary>
internal sealed class PersonClaimsFactory(
    UserManager<Person> people, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Person, IdentityRole<Guid>>(people, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(PersonClaims.DisplayNameType, user.DisplayName));
        return identity;
    }
}
