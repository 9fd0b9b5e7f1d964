using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Hooks;
using VideoGen.Simulator.Jobs;
using VideoGen.Simulator.Media;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Simulator;

/// <summary>What all dialects of one simulator share. Every part may be used from any thread.</summary>
internal sealed class World(SimulatorOptions options) : IAsyncDisposable
{
    public SimulatorOptions Options { get; } = options;

    public TimeProvider Clock => Options.Clock;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public Ledger Ledger { get; } = new(options.LedgerPath, options.Clock);

    public SimulatedJobs Jobs { get; } = new();

    public Misbehaviours Misbehaviours { get; } = new(options.MisbehaveRate, options.Seed);

    public SignedFiles Files { get; } = new(options.Clock, options.LinkLifetime);

    public Webhooks Webhooks { get; } = new(options.Clock);

    /// <summary>Where results lie that are not on the vendor's own host.</summary>
    public Uri? FilesAddress { get; set; }

    public async ValueTask DisposeAsync()
    {
        await Webhooks.DisposeAsync();
        Ledger.Dispose();
    }
}
