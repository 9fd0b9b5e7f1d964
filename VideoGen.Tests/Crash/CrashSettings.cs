using System.Globalization;

namespace VideoGen.Tests.Crash;

/// <summary>How much is killed, and where what came of it is written; set by scripts/crash-test, and little in ./test.</summary>
internal static class CrashSettings
{
    /// <summary>Runs with kills at random moments.</summary>
    public static int Runs { get; } = Number("RUNS", 2);

    /// <summary>Runs with orderly stops at random moments.</summary>
    public static int Stops { get; } = Number("STOPS", 1);

    /// <summary>How often each named point is walked past.</summary>
    public static int Rounds { get; } = Number("ROUNDS", 1);

    /// <summary>The named points that are walked past; all for <see langword="null"/>.</summary>
    public static IReadOnlyList<string>? Only { get; } = Environment.GetEnvironmentVariable("VIDEOGEN_CRASH_ONLY") is { Length: > 0 } names ? names.Split(',') : null;

    /// <summary>Kills of a process that writes to a database.</summary>
    public static int DatabaseRounds { get; } = Number("DATABASE_ROUNDS", 3);

    /// <summary>Runs at once: for the most part they wait.</summary>
    public static int Parallel { get; } = Number("PARALLEL", 3);

    /// <summary>Run n of a campaign has this seed + n.</summary>
    public static int Seed { get; } = Number("SEED", Random.Shared.Next(1_000_000));

    /// <summary>Prints a line, also for the script.</summary>
    public static void Report(ITestOutputHelper output, string text)
    {
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("VIDEOGEN_CRASH_REPORT") is { Length: > 0 } path)
        {
            File.AppendAllText(path, text + "\n");
        }
    }

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable($"VIDEOGEN_CRASH_{name}") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
