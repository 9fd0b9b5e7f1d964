using Microsoft.Extensions.Diagnostics.HealthChecks;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Health;

/// <summary>
/// Whether the video store can be used. Without it the studio still works and finished videos wait in the spool: degraded, which
/// is answered with 200.
/// </summary>
internal sealed class StoreCheck(IEnumerable<IVideoStore> stores) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var store in stores)
            {
                await store.ProbeAsync(cancellationToken);
            }

            return HealthCheckResult.Healthy();
        }
        catch (VideoStoreException ex)
        {
            return HealthCheckResult.Degraded("The video store cannot be used.", ex);
        }
    }
}
