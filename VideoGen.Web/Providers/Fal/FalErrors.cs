using System.Net;
using System.Text.Json;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Providers.Fal;

/// <summary>
/// What fal's errors mean. A model answers with a list of <c>{loc, msg, type, input}</c>, fal itself with a text and an
/// <c>error_type</c>, which is also in a header. Messages are for people; the types decide.
/// </summary>
internal static class FalErrors
{
    private const string TypeHeader = "X-Fal-Error-Type";

    // Said where a run ended because somebody stopped it.
    private const string Cancelled = "client_cancelled";

    /// <summary>The types of an error; empty when fal names none.</summary>
    public static IReadOnlyList<string> TypesOf(ErrorAnswer error) =>
    [
        .. DetailsOf(error).Select(detail => TextOf(detail, "type"))
            .Append(error.TextAt("error_type"))
            .Append(error.Headers.GetValueOrDefault(TypeHeader))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal),
    ];

    public static bool IsCancellation(ErrorAnswer error) => TypesOf(error).Contains(Cancelled, StringComparer.Ordinal);

    /// <summary>What a refused submission means, or <see langword="null"/> where its HTTP status says it all.</summary>
    public static ProviderFault? OfSubmission(string provider, ErrorAnswer error)
    {
        if (TypesOf(error).Any(IsModeration))
        {
            return ProviderFaults.Moderated(provider);
        }

        // An account without credit is locked, and told so in words alone: the status is that of a wrong key.
        return error.Status is HttpStatusCode.Forbidden && error.TextAt("detail")?.Contains("locked", StringComparison.OrdinalIgnoreCase) is true
            ? ProviderFaults.Quota(provider)
            : null;
    }

    /// <summary>Why a completed request has no result.</summary>
    public static JobFailure OfRun(string provider, ErrorAnswer error, IReadOnlyList<string?> secrets)
    {
        var types = TypesOf(error);
        var fault = types.Any(IsModeration) ? ProviderFaults.Moderated(provider)
            : types.Any(IsInfrastructure) ? ProviderFaults.Down(provider)
            : types.Any(IsFailureOfModel) ? ProviderFaults.Failed(provider)
            : error.Status switch
            {
                HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => ProviderFaults.InputRefused(provider),
                HttpStatusCode.NotFound or HttpStatusCode.Gone => ProviderFaults.Lost,
                _ => ProviderFaults.Failed(provider),
            };
        return new JobFailure(fault.Kind, fault.Sentence, RawText.Clean(TextOf(error), [.. secrets, .. InputsOf(error)]));
    }

    private static bool IsModeration(string type) => type is "content_policy_violation";

    // Of fal's machines: no fault of the request or the model.
    private static bool IsInfrastructure(string type) =>
        type is "request_timeout" or "startup_timeout" or "internal_error" || type.StartsWith("runner_", StringComparison.Ordinal);

    // They come as 4xx or 5xx, and say that other settings would not help.
    private static bool IsFailureOfModel(string type) => type is "internal_server_error" or "generation_timeout"
        or "downstream_service_error" or "downstream_service_unavailable" or "no_media_generated";

    // The inputs that an error repeats may be the prompt, and are left out; messages may repeat them once more.
    private static string TextOf(ErrorAnswer error)
    {
        var details = DetailsOf(error).Select(detail => $"{TextOf(detail, "type")} at {PlaceOf(detail)}: {TextOf(detail, "msg")}").ToList();
        var text = details.Count > 0 ? string.Join("; ", details) : string.Join(": ", [.. TypesOf(error), error.TextAt("detail")]);
        return $"HTTP {(int)error.Status} {text}";
    }

    private static IEnumerable<JsonElement> DetailsOf(ErrorAnswer error) =>
        error.Body.ValueKind is JsonValueKind.Object && error.Body.TryGetProperty("detail", out var detail) && detail.ValueKind is JsonValueKind.Array
            ? detail.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.Object)
            : [];

    private static IEnumerable<string?> InputsOf(ErrorAnswer error) => DetailsOf(error)
        .SelectMany(detail => detail.TryGetProperty("input", out var input) ? TextsIn(input) : []);

    private static IEnumerable<string?> TextsIn(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.String => [input.GetString()],
        JsonValueKind.Object => input.EnumerateObject().SelectMany(member => TextsIn(member.Value)),
        JsonValueKind.Array => input.EnumerateArray().SelectMany(TextsIn),
        _ => [],
    };

    private static string PlaceOf(JsonElement detail) =>
        detail.TryGetProperty("loc", out var place) && place.ValueKind is JsonValueKind.Array ? string.Join('.', place.EnumerateArray()) : "?";

    private static string? TextOf(JsonElement detail, string name) =>
        detail.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;
}
