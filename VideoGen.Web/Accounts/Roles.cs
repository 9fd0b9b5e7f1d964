namespace VideoGen.Web.Accounts;

/// <summary>Names of the roles. Everybody signed in is a user; there is no role for that.</summary>
public static class Roles
{
    /// <summary>Sees all jobs and manages people.</summary>
    public const string Admin = "admin";
}
