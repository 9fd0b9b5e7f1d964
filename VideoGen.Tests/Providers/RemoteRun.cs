using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Tests.Providers;

/// <summary>One provider of the application, with the simulator in the place of its vendor. Both go by the clock of the test.</summary>
internal sealed class RemoteRun : IAsyncDisposable
{
    public static readonly TimeSpan GenerationTime = TimeSpan.FromSeconds(100);

    private readonly RemoteVendor _vendor;
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _log = new();

    private RemoteRun(RemoteVendor vendor, ProviderSimulator simulator, TestClock clock)
    {
        _vendor = vendor;
        Simulator = simulator;
        Clock = clock;
        _app = vendor.Build(simulator.AddressOf(vendor.Id), clock, _log);
        Provider = _app.Services.GetRequiredService<IVideoProvider>();
    }

    public ProviderSimulator Simulator { get; }

    public TestClock Clock { get; }

    public IVideoProvider Provider { get; }

    public IReadOnlyCollection<string> Log => _log;

    public static async Task<RemoteRun> StartAsync(RemoteVendor vendor)
    {
        var clock = new TestClock();
        var options = new SimulatorOptions { Dialects = [vendor.Id], GenerationTime = GenerationTime, RequiredKey = RemoteVendor.Key, Clock = clock };
        return new RemoteRun(vendor, await ProviderSimulator.StartAsync(options, CancellationToken.None), clock);
    }

    public void Misbehave(Operation operation, MisbehaviourKind kind, int? times = 1) => Simulator.Misbehave(_vendor.Id, operation, kind, times);

    /// <summary>What reached the vendor.</summary>
    public IReadOnlyList<LedgerEntry> Arrived(Operation operation) => Simulator.Ledger.Entries(_vendor.Id, operation);

    /// <summary>What reached the host of the files.</summary>
    public IReadOnlyList<LedgerEntry> Fetched() => Simulator.Ledger.Entries("files", Operation.Content);

    public Task<string> SubmitAsync(VideoRequest request) => Provider.SubmitAsync(request, CancellationToken.None);

    /// <returns>The id of a job the result of which can be fetched.</returns>
    public async Task<string> SubmitFinishedAsync(VideoRequest request)
    {
        var id = await SubmitAsync(request);
        Clock.Advance(GenerationTime);
        return id;
    }

    public Task<ProviderJob> CheckAsync(string id) => Provider.CheckAsync(id, CancellationToken.None);

    public async Task<byte[]> FetchAsync(string id)
    {
        await using var result = await Provider.OpenResultAsync(id, 0, CancellationToken.None);
        using var bytes = new MemoryStream();
        await result.Content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>Nothing that is kept or logged gives away the key, the prompt, or what makes a link a signed one.</summary>
    public void AssertDiscreet(Exception? exception, string prompt)
    {
        var texts = string.Join('\n', Log) + exception + (exception as VideoProviderException)?.Detail;
        Assert.DoesNotContain(RemoteVendor.Key, texts, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(prompt, texts, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("/_files/", texts, StringComparison.OrdinalIgnoreCase);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
