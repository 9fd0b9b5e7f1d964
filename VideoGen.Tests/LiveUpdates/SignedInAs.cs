using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using VideoGen.Web.Accounts;

namespace VideoGen.Tests.LiveUpdates;

/// <summary>Says that this person is signed in.</summary>
internal sealed class SignedInAs(Guid personId, bool admin = false) : AuthenticationStateProvider
{
    public override Task<AuthenticationState> GetAuthenticationStateAsync()
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, personId.ToString()), new(ClaimTypes.Name, "mara@example.org")];
        if (admin)
        {
            claims.Add(new(ClaimTypes.Role, Roles.Admin));
        }

        return Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(claims, "test"))));
    }
}
