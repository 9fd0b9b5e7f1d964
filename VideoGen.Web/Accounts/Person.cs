using Microsoft.AspNetCore.Identity;

namespace VideoGen.Web.Accounts;

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
}
