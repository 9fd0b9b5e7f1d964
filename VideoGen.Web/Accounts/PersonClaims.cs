using System.Security.Claims;

namespace VideoGen.Web.Accounts;

/// <summary>What the sign-in cookie says about a person.</summary>
public static class PersonClaims
{
    /// <summary>Claim with <see cref="Person.DisplayName"/>.</summary>
    public const string DisplayNameType = "display_name";

    /// <summary>Claim of a person whose password an administrator chose; until they choose their own.</summary>
    public const string GivenPasswordType = "given_password";

    internal static bool IsGivenPassword(this Claim claim) => string.Equals(claim.Type, GivenPasswordType, StringComparison.Ordinal);

    /// <summary>Id of the signed-in person.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Guid PersonId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? id
            : throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>What the studio calls the person.</summary>
    public static string DisplayName(this ClaimsPrincipal principal) =>
        principal.FindFirstValue(DisplayNameType) ?? principal.Identity?.Name ?? "";
}
