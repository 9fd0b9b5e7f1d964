using System.Diagnostics.CodeAnalysis;
using Quartz;

namespace VideoGen.Web.Engine;

/// <summary>What the scheduler fires for <see cref="LateChecks"/>.</summary>
[DisallowConcurrentExecution]
[SuppressMessage("Performance", "CA1812", Justification = "Made by Quartz.")]
internal sealed class LateChecksJob(LateChecks checks, IHostApplicationLifetime lifetime, ILogger<LateChecksJob> logger) : RepeatedJob(lifetime, logger)
{
    internal static readonly JobKey Key = new("late-checks", "engine");

    protected override Task RunAsync(CancellationToken cancellationToken) => checks.SweepAsync(cancellationToken);
}
