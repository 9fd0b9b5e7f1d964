using System.Text.RegularExpressions;

namespace VideoGen.Simulator.Dialects.Google;

/// <summary>What a prompt can ask of these dialects beyond the misbehaviours: <c>[google:inline]</c>, <c>[google:ends-as budget_exceeded]</c>.</summary>
internal static partial class PromptOrders
{
    /// <summary>Whether the video comes in the answer although a file was asked for, as it did in a preview.</summary>
    public static bool WantsInline(string prompt) => prompt.Contains("[google:inline]", StringComparison.Ordinal);

    /// <summary>The status, or the number of the error, that the job ends with; null for a video.</summary>
    public static string? EndOf(string prompt) => End().Match(prompt) is { Success: true } match ? match.Groups["end"].Value : null;

    [GeneratedRegex(@"\[google:ends-as (?<end>[a-z0-9_]+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex End();
}
