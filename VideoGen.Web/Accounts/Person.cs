using Microsoft.AspNetCore.Identity;

namespace VideoGen.Web.Accounts;

/// <summary>How a blocked person differs from one who is locked out for some minutes.</summary>
public static class SignInBlock
{
    /// <summary>The lockout's end that says "blocked".</summary>
    public static readonly DateTimeOffset Forever = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);
}

/// <summary>Somebody with an account. The user name is the e-mail address.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public Person()
    {
        Id = Guid.CreateVersion7();
        SecurityStamp = Guid.NewGuid().ToString();
    }

    /// <summary>What the studio calls the person; at most 100 characters.</summary>
    public string DisplayName { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Whether an administrator has blocked sign-in, which is a lockout without end.</summary>
    public bool IsBlocked => LockoutEnd == SignInBlock.Forever;
}
