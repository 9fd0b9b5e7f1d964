using System.Security.Claims;

namespace VideoGen.Web.Accounts;

/// <summary>Who is signed in.</summary>
internal static class PersonIdExtensions
{
    /// <summary>The signed-in person's id.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Guid PersonId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? id
            : throw new InvalidOperationException("Nobody is signed in.");
}
