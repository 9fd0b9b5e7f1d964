using System.Text.Json.Nodes;

namespace VideoGen.Simulator.Dialects.Fal;

/// <summary>Errors as fal puts them: a list where a model speaks, a text where the platform does.</summary>
internal static class FalErrors
{
    public static IResult Of(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.BadRequest => Model(422, "missing", refusal.Message ?? "Field required", refusal.Field ?? "prompt", input: null),
        RefusalReason.Unauthorized => Plain(401, "Cannot access application. Authentication is required to access this application."),
        RefusalReason.QuotaExceeded => Plain(403, "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."),
        RefusalReason.Moderated => Moderated(input: null),
        RefusalReason.NotFound or RefusalReason.Gone => Plain(404, "Request not found"),
        RefusalReason.NotReady => Plain(400, "Request is still in progress"),
        RefusalReason.Conflict => Results.Json(new JsonObject { ["status"] = "ALREADY_COMPLETED" }, statusCode: 400),
        RefusalReason.RateLimited => Plain(429, "Too many requests"),
        RefusalReason.ServerError => Plain(500, "Internal Server Error"),
        RefusalReason.Unavailable => Plain(503, "Service Unavailable"),
    };

    /// <param name="input">What was flagged, said back.</param>
    public static IResult Moderated(string? input) =>
        Model(422, "content_policy_violation", "The content could not be processed because it was flagged by a content checker.", "prompt", input);

    /// <summary>The platform itself failed, and says so in a header as well.</summary>
    public static IResult Platform(HttpResponse response, int status, string type, string text)
    {
        response.Headers["X-Fal-Error-Type"] = type;
        response.Headers["X-Fal-Retryable"] = status >= 500 ? "true" : "false";
        return Results.Json(new JsonObject { ["detail"] = text, ["error_type"] = type }, statusCode: status);
    }

    private static IResult Model(int status, string type, string message, string field, string? input)
    {
        var detail = new JsonObject
        {
            ["loc"] = new JsonArray("body", field),
            ["msg"] = message,
            ["type"] = type,
            ["url"] = $"https://docs.fal.ai/errors#{type}",
            ["input"] = input,
        };
        return Results.Json(new JsonObject { ["detail"] = new JsonArray(detail) }, statusCode: status);
    }

    private static IResult Plain(int status, string text) => Results.Json(new JsonObject { ["detail"] = text }, statusCode: status);
}
