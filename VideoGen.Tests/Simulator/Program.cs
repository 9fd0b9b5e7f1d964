namespace VideoGen.Simulator;

internal static class Program
{
    private static async Task Main()
    {
        await using var simulator = await ProviderSimulator.StartAsync(new SimulatorOptions(), CancellationToken.None);
        foreach (var dialect in simulator.Dialects)
        {
            Console.WriteLine($"{dialect} {simulator.AddressOf(dialect)}");
        }

        Console.WriteLine("ready");
        await Task.Delay(Timeout.Infinite);
    }
}
