using System.Globalization;
using System.Text.Json;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Google;

/// <summary>The error model of Google's APIs, google.rpc: a status word, its number, and typed details.</summary>
internal static class GoogleErrors
{
    private const string RetryInfo = "type.googleapis.com/google.rpc.RetryInfo";
    private const string QuotaFailure = "type.googleapis.com/google.rpc.QuotaFailure";

    /// <summary>What a refused submission means.</summary>
    public static ProviderFault? Understand(string provider, ErrorAnswer error)
    {
        var details = DetailsOf(error.Body);
        return error.TextAt("error", "status") switch
        {
            "RESOURCE_EXHAUSTED" => Exhausted(provider, details),
            "PERMISSION_DENIED" or "UNAUTHENTICATED" => ProviderFaults.Credentials(provider),
            "NOT_FOUND" => ProviderFaults.Retired(provider),

            // A key that does not exist counts as a wrong argument there.
            "INVALID_ARGUMENT" when details.Any(detail => TextOf(detail, "reason") is "API_KEY_INVALID") => ProviderFaults.Credentials(provider),
            "INVALID_ARGUMENT" => ProviderFaults.InputRefused(provider),
            _ => null,
        };
    }

    /// <summary>Why an accepted job failed, by the number of its status.</summary>
    /// <returns><see langword="null"/> where the number says no more than that it did.</returns>
    public static ProviderFault? OfJob(string provider, int? code) => code switch
    {
        3 => ProviderFaults.InputRefused(provider),
        7 or 16 => ProviderFaults.Credentials(provider),
        8 => ProviderFaults.RateLimited(provider),
        14 => ProviderFaults.Down(provider),
        _ => null,
    };

    // A limit that ends says when. A quota that is used up names itself alone.
    private static ProviderFault Exhausted(string provider, IReadOnlyList<JsonElement> details)
    {
        var retry = details.FirstOrDefault(detail => TextOf(detail, "@type") is RetryInfo);
        if (retry.ValueKind is JsonValueKind.Object)
        {
            return ProviderFaults.RateLimited(provider) with { RetryAfter = SpanOf(TextOf(retry, "retryDelay")) };
        }

        return details.Any(detail => TextOf(detail, "@type") is QuotaFailure) ? ProviderFaults.Quota(provider) : ProviderFaults.RateLimited(provider);
    }

    private static IReadOnlyList<JsonElement> DetailsOf(JsonElement body) =>
        body.ValueKind is JsonValueKind.Object && body.TryGetProperty("error", out var error)
        && error.ValueKind is JsonValueKind.Object && error.TryGetProperty("details", out var details)
        && details.ValueKind is JsonValueKind.Array
            ? [.. details.EnumerateArray()]
            : [];

    private static string? TextOf(JsonElement detail, string name) =>
        detail.ValueKind is JsonValueKind.Object && detail.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    // A google.protobuf.Duration: "30s", "1.5s". Nobody waits longer than a day for one.
    private static TimeSpan? SpanOf(string? duration) =>
        duration is [.. var number, 's']
        && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= TimeSpan.SecondsPerDay
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
