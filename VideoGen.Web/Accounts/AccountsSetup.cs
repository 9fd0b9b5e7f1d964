using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        services.AddScoped<IPasswordValidator<Person>, PasswordRules>();
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

        services.AddSingleton<FirstStart>();
        services.AddHostedService<FirstStartNotice>();
        services.TryAddSingleton(Console.Out);
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<Strangers>();
        services.AddScoped<MakeFirstAdminCommand>();
        services.AddScoped<SignInCommand>();
        services.AddScoped<ChangePasswordCommand>();

        services.AddSingleton<PeopleQuery>();
        services.AddSingleton<AddPersonCommand>();
        services.AddSingleton<ChangeRoleCommand>();
        services.AddSingleton<BlockPersonCommand>();
        services.AddSingleton<GivePasswordCommand>();
        return builder;
    }

    /// <summary>Sends everybody to the set-up page while there is no account. After routing, before authentication.</summary>
    public static WebApplication UseFirstStart(this WebApplication app)
    {
        app.UseMiddleware<FirstStartGate>();
        return app;
    }

    public static WebApplication MapAccounts(this WebApplication app)
    {
        app.MapPost(Urls.SignOut, SignOutAsync);
        return app;
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<Person> signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        await signIn.SignOutAsync();
        return Results.LocalRedirect(Urls.SignIn());
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

        // The user name is the e-mail address, which may hold any letter.
        options.User.AllowedUserNameCharacters = "";
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        options.Lockout.AllowedForNewUsers = true;
    }
}
