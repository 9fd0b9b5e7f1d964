using System.Globalization;
using VideoGen.Tests.App;

namespace VideoGen.Tests.Soak;

/// <summary>What a server takes of the machine over its life, as Linux counts it, and what it complains of.</summary>
internal sealed class ServerUsage
{
    // Shorter lives are all beginning: programs grow until they have done everything once.
    private const int FewestSamples = 60;

    private const double MostGrowth = 1.15;
    private const int SomeMore = 10;

    private static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(10);
    private static readonly string[] Faults = ["observed by nobody", "Unhandled exception", "set aside"];

    private readonly List<Sample> _samples = [];

    /// <summary>What no healthy server says.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Whether the last fifth of its life took hardly more than the second. True as well when it was too short to say.</summary>
    public bool IsFlat => _samples.Count < FewestSamples
        || (Mean(Last, sample => sample.Megabytes) <= Mean(Second, sample => sample.Megabytes) * MostGrowth
            && Mean(Last, sample => sample.Files) <= Mean(Second, sample => sample.Files) + SomeMore
            && Mean(Last, sample => sample.Threads) <= Mean(Second, sample => sample.Threads) + SomeMore);

    private IEnumerable<Sample> Second => _samples.Skip(_samples.Count / 5).Take(_samples.Count / 5);

    private IEnumerable<Sample> Last => _samples.TakeLast(_samples.Count / 5);

    /// <summary>Looks at the server until it is told to end. Of several servers, the first is the one that counts.</summary>
    public async Task WatchAsync(ServerProcess server, CancellationToken ending)
    {
        var isFirst = _samples.Count == 0;
        try
        {
            while (true)
            {
                if (isFirst)
                {
                    _samples.Add(Sample.Of(server.Id));
                }

                await Task.Delay(BetweenSamples, ending);
            }
        }
        catch (OperationCanceledException)
        {
            Complaints.AddRange(server.Output.Split('\n').Where(line => Faults.Any(fault => line.Contains(fault, StringComparison.Ordinal))));
        }
    }

    public override string ToString() => _samples.Count < 5 ? "samples=0" : string.Create(
        CultureInfo.InvariantCulture,
        $"samples={_samples.Count} memory={Mean(Second, sample => sample.Megabytes):0}->{Mean(Last, sample => sample.Megabytes):0} MB (most {_samples.Max(sample => sample.Megabytes):0}) files={Mean(Second, sample => sample.Files):0}->{Mean(Last, sample => sample.Files):0} threads={Mean(Second, sample => sample.Threads):0}->{Mean(Last, sample => sample.Threads):0} complaints={Complaints.Count}");

    private static double Mean(IEnumerable<Sample> samples, Func<Sample, double> of) => samples.Select(of).DefaultIfEmpty().Average();

    private readonly record struct Sample(double Megabytes, double Files, double Threads)
    {
        public static Sample Of(int processId)
        {
            var status = File.ReadAllLines($"/proc/{processId}/status");
            return new Sample(Number(status, "VmRSS:") / 1024, Directory.GetFiles($"/proc/{processId}/fd").Length, Number(status, "Threads:"));
        }

        private static double Number(string[] status, string name) => double.Parse(
            status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
