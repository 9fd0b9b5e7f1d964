using System.Text.Json.Nodes;

namespace VideoGen.Simulator.Dialects.Google;

/// <summary>Errors as Google's APIs put them: google.rpc.</summary>
internal static class RpcErrors
{
    private const string Types = "type.googleapis.com/google.rpc.";

    public static IResult Of(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.BadRequest => Error(400, "INVALID_ARGUMENT", refusal.Message ?? "Request contains an invalid argument.", BadField(refusal.Field)),
        RefusalReason.Unauthorized => Error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
        RefusalReason.QuotaExceeded => Error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan and billing details.", QuotaFailure()),
        RefusalReason.Moderated => Error(400, "INVALID_ARGUMENT", "The prompt could not be submitted. It may violate our usage guidelines."),
        RefusalReason.NotFound => Error(404, "NOT_FOUND", refusal.Message ?? "Requested entity was not found."),
        RefusalReason.NotReady => Error(400, "FAILED_PRECONDITION", "The File is not in an ACTIVE state and usage is not allowed."),
        RefusalReason.Gone => Error(404, "NOT_FOUND", "Requested entity was not found."),
        RefusalReason.Conflict => Error(400, "FAILED_PRECONDITION", refusal.Message ?? "Precondition check failed."),
        RefusalReason.RateLimited => Error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted.", RetryInfo("30s")),
        RefusalReason.ServerError => Error(500, "INTERNAL", "An internal error has occurred."),
        RefusalReason.Unavailable => Error(503, "UNAVAILABLE", "The service is currently unavailable."),
    };

    public static IResult Error(int status, string word, string message, JsonObject? detail = null)
    {
        var error = new JsonObject { ["code"] = status, ["message"] = message, ["status"] = word };
        if (detail is not null)
        {
            error["details"] = new JsonArray(detail);
        }

        return Results.Json(new JsonObject { ["error"] = error }, statusCode: status);
    }

    public static JsonObject ErrorInfo(string reason) => new() { ["@type"] = Types + "ErrorInfo", ["reason"] = reason, ["domain"] = "googleapis.com" };

    private static JsonObject RetryInfo(string delay) => new() { ["@type"] = Types + "RetryInfo", ["retryDelay"] = delay };

    private static JsonObject QuotaFailure() => new()
    {
        ["@type"] = Types + "QuotaFailure",
        ["violations"] = new JsonArray(new JsonObject { ["subject"] = "project", ["description"] = "Videos per month" }),
    };

    private static JsonObject? BadField(string? field) => field is null ? null : new JsonObject
    {
        ["@type"] = Types + "BadRequest",
        ["fieldViolations"] = new JsonArray(new JsonObject { ["field"] = field }),
    };
}
