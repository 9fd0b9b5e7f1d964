using System.Runtime.InteropServices;
using System.Text.Json;

namespace VideoGen.Simulator;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        CommandLine line;
        try
        {
            line = CommandLine.Parse(arguments);
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}\n\n{CommandLine.Usage}");
            return 2;
        }

        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

        await using var simulator = await ProviderSimulator.StartAsync(line.Options, CancellationToken.None);
        Announce(simulator, line.PortsFile);
        await stopped.Task;
        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }

    private static void Announce(ProviderSimulator simulator, string? portsFile)
    {
        foreach (var dialect in simulator.Dialects)
        {
            Console.WriteLine($"{dialect} {AddressOf(simulator, dialect)}");
        }

        if (portsFile is not null)
        {
            WritePorts(simulator, portsFile);
        }

        Console.WriteLine("ready");
    }

    // Whoever waits for the file finds all of it.
    private static void WritePorts(ProviderSimulator simulator, string portsFile)
    {
        var unfinished = portsFile + ".part";
        var addresses = simulator.Dialects.ToDictionary(dialect => dialect, dialect => AddressOf(simulator, dialect), StringComparer.Ordinal);
        File.WriteAllText(unfinished, JsonSerializer.Serialize(addresses));
        File.Move(unfinished, portsFile, overwrite: true);
    }

    private static string AddressOf(ProviderSimulator simulator, string dialect) => simulator.AddressOf(dialect).GetLeftPart(UriPartial.Authority);
}
