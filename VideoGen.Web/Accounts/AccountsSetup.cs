using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using VideoGen.Web.Components;
using VideoGen.Web.Data;

namespace VideoGen.Web.Accounts;

/// <summary>People, how they sign in, and what they may see.</summary>
internal static class AccountsSetup
{
    private static readonly TimeSpan SessionLength = TimeSpan.FromDays(7);
    private static readonly TimeSpan RevocationDelay = TimeSpan.FromMinutes(1);

    public static WebApplicationBuilder AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(UseSessionCookie);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = RevocationDelay);
        services.AddScoped<AuthenticationStateProvider, SignedInPerson>();
        services.AddIdentityCore<Person>(UseAccountRules)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<AppDbContext>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<PersonClaimsFactory>();

        // OWASP's figure for PBKDF2 with SHA-512; the framework's own default is less than half of it.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);

        // Nothing is open by accident: what strangers may see says so itself.
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return builder;
    }

    private static void UseSessionCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "videogen";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = SessionLength;
        options.SlidingExpiration = false;
        options.LoginPath = Urls.SignIn();
        options.ReturnUrlParameter = "returnUrl";

        // What a person may not see looks like what is not there.
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    }

    private static void UseAccountRules(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.Password.RequiredLength = 12;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 1;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        options.Lockout.AllowedForNewUsers = true;
    }
}
