using System.Text.Json;
using System.Text.RegularExpressions;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google.Gemini;

/// <summary>Why an interaction ended without a video.</summary>
internal static partial class GeminiFailure
{
    public static JobFailure Of(Interaction interaction, ProviderPeer peer)
    {
        var words = RawText.Clean(interaction.Words(), [.. peer.Secrets, .. interaction.Asked()]);
        var fault = FaultOf(interaction, peer.Name, words);
        return new JobFailure(fault.Kind, fault.Sentence, words.Length > 0 ? $"{interaction.Status}: {words}" : interaction.Status);
    }

    private static ProviderFault FaultOf(Interaction interaction, string provider, string words) => interaction.Status switch
    {
        "budget_exceeded" => ProviderFaults.Quota(provider),
        "incomplete" or "requires_action" or "requires_continuation" =>
            new ProviderFault(FailureKind.ProviderError, $"{provider} stopped before there was a video ({interaction.Status})."),

        // No code tells a refusal of the content; the words alone do.
        _ when AboutContent().IsMatch(words) => ProviderFaults.Moderated(provider),
        _ => GoogleErrors.OfJob(provider, CodeOf(interaction.Error)) ?? ProviderFaults.Failed(provider),
    };

    private static int? CodeOf(InteractionError? error) => error?.Code.ValueKind switch
    {
        JsonValueKind.Number when error.Code.TryGetInt32(out var number) => OfHttp(number),
        JsonValueKind.String => error.Code.GetString() switch
        {
            "INVALID_ARGUMENT" => 3,
            "PERMISSION_DENIED" => 7,
            "RESOURCE_EXHAUSTED" => 8,
            "UNAVAILABLE" => 14,
            "UNAUTHENTICATED" => 16,
            _ => null,
        },
        _ => null,
    };

    // The outer error of Google's APIs has the status of HTTP in the place of its own number.
    private static int OfHttp(int number) => number switch
    {
        400 => 3,
        401 => 16,
        403 => 7,
        429 => 8,
        503 => 14,
        _ => number,
    };

    [GeneratedRegex(
        @"\b(safety|blocked|prohibited|responsible ai|sensitive|violat\w+|(usage|content) (policy|policies|guidelines))\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AboutContent();
}
