using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Dialects;
using VideoGen.Simulator.Dialects.Files;
using VideoGen.Simulator.Hooks;
using VideoGen.Simulator.Hosting;
using VideoGen.Simulator.Jobs;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Simulator;

/// <summary>
/// Video providers that cost nothing: every dialect on a port of its own on this machine, all with one ledger, one table of jobs and
/// one set of misbehaviours.
/// </summary>
internal sealed class ProviderSimulator : IAsyncDisposable
{
    private readonly World _world;
    private readonly IReadOnlyList<DialectHost> _hosts;

    private ProviderSimulator(SimulatorOptions options)
    {
        _world = new World(options);
        _hosts = [.. KnownDialects.Of(_world).Where(IsWanted).Select(dialect => new DialectHost(_world, dialect))];
    }

    public Ledger Ledger => _world.Ledger;

    public SimulatedJobs Jobs => _world.Jobs;

    public Webhooks Webhooks => _world.Webhooks;

    public IReadOnlyCollection<string> Dialects => [.. _hosts.Select(host => host.Name)];

    public static async Task<ProviderSimulator> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        var simulator = new ProviderSimulator(options);
        foreach (var host in simulator._hosts)
        {
            await host.AcceptConnectionsAsync(cancellationToken);
        }

        simulator._world.FilesAddress = simulator.AddressOf(FilesDialect.DialectName);
        return simulator;
    }

    /// <summary>Scheme, host and port; the path is the vendor's.</summary>
    public Uri AddressOf(string dialect) => HostOf(dialect).Address;

    /// <summary>Lets requests meet a misbehaviour.</summary>
    public void Misbehave(MisbehaviourRule rule) => _world.Misbehaviours.Add(rule);

    /// <summary>Lets the next <paramref name="times"/> requests of a dialect meet a misbehaviour; all when null.</summary>
    public void Misbehave(string dialect, Operation operation, MisbehaviourKind kind, int? times = 1) =>
        Misbehave(new MisbehaviourRule { Dialect = dialect, Operation = operation, Kind = kind, Times = times });

    /// <summary>Forgets all rules.</summary>
    public void Behave() => _world.Misbehaviours.Clear();

    /// <summary>Closes the port of a dialect and cuts its connections; the others live on.</summary>
    public Task RefuseConnectionsAsync(string dialect) => HostOf(dialect).RefuseConnectionsAsync();

    /// <summary>Opens the same port again.</summary>
    public Task AcceptConnectionsAsync(string dialect, CancellationToken cancellationToken = default) =>
        HostOf(dialect).AcceptConnectionsAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await _world.DisposeAsync();
    }

    private bool IsWanted(Dialect dialect) =>
        dialect.Name is FilesDialect.DialectName || _world.Options.Dialects?.Contains(dialect.Name, StringComparer.Ordinal) is null or true;

    private DialectHost HostOf(string dialect) => _hosts.Single(host => string.Equals(host.Name, dialect, StringComparison.Ordinal));
}
