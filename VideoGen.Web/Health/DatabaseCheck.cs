using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using VideoGen.Web.Data;

namespace VideoGen.Web.Health;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseCheck(IDbContextFactory<AppDbContext> contexts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // An exception is a result as well: the framework logs it and answers "Unhealthy".
        await db.Roles.AnyAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
