using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Replicate;

/// <summary>What Replicate's errors mean. They have no codes: HTTP statuses and sentences are all there is.</summary>
internal static partial class ReplicateErrors
{
    private static readonly string[] WordsOfModeration = ["(E005)", "flagged as sensitive", "NSFW", "content policy", "content moderation"];

    /// <summary>"Request was throttled. Your rate limit resets in ~30s."</summary>
    public static TimeSpan? AskedToWait(ErrorAnswer error) =>
        error.TextAt("detail") is { } detail && ResetsIn().Match(detail) is { Success: true } match
            ? TimeSpan.FromSeconds(int.Parse(match.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture))
            : null;

    /// <summary>Why a prediction failed.</summary>
    public static JobFailure OfPrediction(string provider, Prediction prediction, IReadOnlyList<string?> secrets)
    {
        var text = TextOf(prediction.Error);
        var fault = Array.Exists(WordsOfModeration, word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? ProviderFaults.Moderated(provider)
            : ProviderFaults.Failed(provider);
        return new JobFailure(fault.Kind, fault.Sentence, text.Length > 0 ? RawText.Clean(text, [.. secrets, .. prediction.Texts]) : null);
    }

    private static string TextOf(JsonElement? error) => error switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } other => other.GetRawText(),
        _ => "",
    };

    [GeneratedRegex("resets in ~?(?<seconds>[0-9]{1,6})s", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ResetsIn();
}
