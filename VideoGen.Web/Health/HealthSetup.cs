using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace VideoGen.Web.Health;

/// <summary>What tells a watchdog or a load balancer how this process is. Says no more than one word to strangers.</summary>
internal static class HealthSetup
{
    public static WebApplicationBuilder AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<UnobservedExceptions>();
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database")
            .AddCheck<DataFolderCheck>("data folder")
            .AddCheck<StoreCheck>("store");
        return builder;
    }

    public static WebApplication MapHealth(this WebApplication app)
    {
        // Alive: the process answers. A database that is down is no reason to kill it.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
        return app;
    }
}
