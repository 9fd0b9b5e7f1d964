using System.Globalization;
using System.Text.RegularExpressions;

namespace VideoGen.Simulator.Misbehaving;

/// <summary>
/// Misbehaviours that a person asks for in a prompt: <c>[sim:stall]</c>, <c>[sim:rate-limited x3]</c>, <c>[sim:unavailable@check x2]</c>.
/// </summary>
internal static partial class PromptWords
{
    public static IEnumerable<MisbehaviourRule> In(string? prompt)
    {
        foreach (Match match in Word().Matches(prompt ?? ""))
        {
            if (MisbehaviourKinds.ByWord.TryGetValue(match.Groups["kind"].Value, out var kind))
            {
                yield return new MisbehaviourRule
                {
                    Kind = kind,
                    Operation = Enum.TryParse<Operation>(match.Groups["at"].Value, ignoreCase: true, out var at) ? at : kind.NaturalOperation(),
                    PromptContains = match.Value,
                    Times = match.Groups["times"] is { Success: true } times ? int.Parse(times.Value, CultureInfo.InvariantCulture)
                        : kind.IsLasting() ? null : 1,
                };
            }
        }
    }

    [GeneratedRegex(@"\[sim:(?<kind>[a-z-]{1,40})(@(?<at>[a-z]{1,10}))?(\s+x(?<times>[0-9]{1,4}))?\]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
