using System.Text.RegularExpressions;
using VideoGen.Tests.Crash;

namespace VideoGen.Tests.Architecture;

/// <summary>docs/faults.md names the tests that bring each fault about; what it names exists.</summary>
public sealed partial class FaultsDocumentTests
{
    private static readonly HashSet<string> Tests = typeof(FaultsDocumentTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true))
        .Select(method => method.Name)
        .ToHashSet(StringComparer.Ordinal);

    [Fact]
    public void Document_EveryTestItNames_Exists()
    {
        var named = NameOfTest().Matches(Document).Select(match => match.Groups["name"].Value).ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Tests, StringComparer.Ordinal));
    }

    [Fact]
    public void Document_PointsItNames_AreThoseThatAreKilledAt() => Assert.Equal(
        CrashPlan.Points.Order(StringComparer.Ordinal),
        NameOfPoint().Matches(Document).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static string Document => File.ReadAllText(Path.Combine(Repository.Root, "docs", "faults.md"));

    [GeneratedRegex(@"`(?<name>[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+){2})`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameOfTest();

    [GeneratedRegex(@"`(?<name>[a-z]+(-[a-z]+)+|answered|checked|stored|completed|released)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameOfPoint();
}
