using Microsoft.Extensions.Diagnostics.HealthChecks;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Health;

/// <summary>
/// Whether the video store can be used. Without it the studio still works and finished videos wait in the spool: degraded, which
/// is answered with 200.
/// </summary>
internal sealed class StoreCheck(IEnumerable<IVideoStore> stores, TimeProvider clock) : IHealthCheck
{
    // Whoever asks waits less long than we do for a store across a network.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            foreach (var store in stores)
            {
                await store.ProbeAsync(either.Token);
            }

            return HealthCheckResult.Healthy();
        }
        catch (VideoStoreException ex)
        {
            return HealthCheckResult.Degraded("The video store cannot be used.", ex);
        }
        catch (OperationCanceledException ex) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded("The video store does not answer.", ex);
        }
    }
}
