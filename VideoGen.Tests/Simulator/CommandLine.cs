using System.Globalization;

namespace VideoGen.Simulator;

/// <summary>What somebody asked for who started the simulator as a program.</summary>
internal sealed record CommandLine
{
    public const string Usage = """
        simulator [--ports-file FILE] [--ledger FILE] [--generation-time SECONDS] [--misbehave-rate SHARE] [--seed NUMBER]

          --ports-file FILE          writes the addresses of the dialects as JSON, when all of them listen
          --ledger FILE              keeps what arrives in this file (JSON lines), and continues it
          --generation-time SECONDS  how long a video takes; 3 when not given
          --misbehave-rate SHARE     the share of requests, 0 to 1, that meet a misbehaviour chosen at random; 0 when not given
          --seed NUMBER              the same seed chooses the same ones
        """;

    public SimulatorOptions Options { get; private init; } = new();

    public string? PortsFile { get; private init; }

    /// <exception cref="FormatException">It is not understood.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        for (var at = 0; at < arguments.Count; at += 2)
        {
            line = at + 1 < arguments.Count
                ? line.With(arguments[at], arguments[at + 1])
                : throw new FormatException($"{arguments[at]} needs a value, or is unknown.");
        }

        return line;
    }

    private CommandLine With(string name, string value) => name switch
    {
        "--ports-file" => this with { PortsFile = value },
        "--ledger" => this with { Options = Options with { LedgerPath = value } },
        "--generation-time" => this with { Options = Options with { GenerationTime = TimeSpan.FromSeconds(Number(name, value, 86_400)) } },
        "--misbehave-rate" => this with { Options = Options with { MisbehaveRate = Number(name, value, 1) } },
        "--seed" => this with { Options = Options with { Seed = (int)Number(name, value, int.MaxValue) } },
        _ => throw new FormatException($"{name} is unknown."),
    };

    private static double Number(string name, string value, double most) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from 0 to {most}."));
}
