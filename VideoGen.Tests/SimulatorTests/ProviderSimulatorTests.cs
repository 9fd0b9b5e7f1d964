using System.Net.Sockets;

namespace VideoGen.Tests.SimulatorTests;

public sealed class ProviderSimulatorTests
{
    [Fact]
    public async Task RefuseConnections_OneDialect_LeavesTheOthersAndItsJobs()
    {
        await using var run = await SimulatorRun.StartAsync();
        var id = await run.CreateAsync();
        var address = run.Simulator.AddressOf("openai");

        await run.Simulator.RefuseConnectionsAsync("openai");

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => run.PostAsync("A fox"));
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(refused.InnerException).SocketErrorCode);
        using var file = await run.GetAsync(new Uri(run.Simulator.AddressOf("files"), "/_files/none").AbsoluteUri, "Authorization:");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, file.StatusCode);

        await run.Simulator.AcceptConnectionsAsync("openai");

        Assert.Equal(address, run.Simulator.AddressOf("openai"));
        Assert.Equal(id, (await run.CheckAsync(id))["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Dialects_OfOneSimulator_HavePortsOfTheirOwn()
    {
        await using var run = await SimulatorRun.StartAsync(options => options with { Dialects = null });

        var addresses = run.Simulator.Dialects.Select(run.Simulator.AddressOf).ToList();

        Assert.Contains("openai", run.Simulator.Dialects, StringComparer.Ordinal);
        Assert.Equal(addresses.Count, addresses.Distinct().Count());
        Assert.All(addresses, address => Assert.Equal("127.0.0.1", address.Host));
    }
}
