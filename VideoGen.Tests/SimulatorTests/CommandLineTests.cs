using System.Diagnostics;
using System.Text.Json.Nodes;
using VideoGen.Simulator;

namespace VideoGen.Tests.SimulatorTests;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_Everything_IsTaken()
    {
        var line = CommandLine.Parse(["--ports-file", "p.json", "--ledger", "l.jsonl", "--generation-time", "1.5", "--misbehave-rate", "0.2", "--seed", "9"]);

        Assert.Equal("p.json", line.PortsFile);
        Assert.Equal(
            new SimulatorOptions { LedgerPath = "l.jsonl", GenerationTime = TimeSpan.FromSeconds(1.5), MisbehaveRate = 0.2, Seed = 9 },
            line.Options);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--seed")]
    [InlineData("--seed", "-1")]
    [InlineData("--misbehave-rate", "2")]
    [InlineData("--no-such-thing", "1")]
    public void Parse_NotUnderstood_Throws(params string[] arguments)
    {
        Assert.Throws<FormatException>(() => CommandLine.Parse(arguments));
    }

    [Fact]
    public async Task Program_Started_TellsItsAddressesAndStopsWhenTold()
    {
        using var folder = new TestFolder();
        var portsFile = folder.PathOf("ports.json");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "VideoGen.Simulator.dll"), "--ports-file", portsFile])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;

        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line and not "ready")
        {
            lines.Add(line);
        }

        var ports = JsonNode.Parse(await File.ReadAllTextAsync(portsFile))!.AsObject();
        Assert.Equal(lines, ports.Select(port => $"{port.Key} {port.Value}"), StringComparer.Ordinal);
        Assert.Contains("openai", ports.Select(port => port.Key), StringComparer.Ordinal);

        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
