using System.Diagnostics.CodeAnalysis;
using Quartz;
using VideoGen.Web.Engine;

namespace VideoGen.Web.Repair;

/// <summary>What the scheduler fires for <see cref="RepairPass"/>.</summary>
[DisallowConcurrentExecution]
[SuppressMessage("Performance", "CA1812", Justification = "Made by Quartz.")]
internal sealed class RepairJob(RepairPass pass, IHostApplicationLifetime lifetime, ILogger<RepairJob> logger) : RepeatedJob(lifetime, logger)
{
    internal static readonly JobKey Key = new("repair", "repair");

    protected override Task RunAsync(CancellationToken cancellationToken) => pass.RunAsync(cancellationToken);
}
