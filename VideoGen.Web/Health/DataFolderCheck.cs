using Microsoft.Extensions.Diagnostics.HealthChecks;
using VideoGen.Web.Data;

namespace VideoGen.Web.Health;

/// <summary>Whether the spool can be written, where every finished video arrives first.</summary>
internal sealed class DataFolderCheck(DataFolder folder) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // A file that goes away with its handle: two checks at once do not meet, and a crash leaves nothing.
        await using var probe = new FileStream(Path.Combine(folder.Spool, Path.GetRandomFileName() + ".probe"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.DeleteOnClose,
        });
        await probe.WriteAsync(new byte[1], cancellationToken);
        await probe.FlushAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
