using System.Text.Json.Nodes;

namespace VideoGen.Simulator.Dialects.OpenAI;

/// <summary>Errors as OpenAI puts them.</summary>
internal static class OpenAIErrors
{
    private const string Invalid = "invalid_request_error";

    public static IResult Of(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.BadRequest => Error(400, refusal.Message ?? "Bad request.", Invalid, "invalid_value", refusal.Field),
        RefusalReason.Unauthorized => Error(401, "Incorrect API key provided.", Invalid, "invalid_api_key"),
        RefusalReason.QuotaExceeded =>
            Error(429, "You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", "insufficient_quota"),
        RefusalReason.Moderated => Error(400, ModerationMessage, Invalid, "moderation_blocked"),
        RefusalReason.NotFound => Error(404, "Video not found.", Invalid, "not_found"),
        RefusalReason.NotReady => Error(404, "Video is not ready yet.", Invalid, "not_ready"),
        RefusalReason.Gone => Error(404, "Video content has expired.", Invalid, "expired"),
        RefusalReason.Conflict => Error(409, refusal.Message ?? "The video is not in a state for this.", Invalid, "conflict"),
        RefusalReason.RateLimited => Error(429, "Rate limit reached for requests.", "requests", "rate_limit_exceeded"),
        RefusalReason.ServerError => Error(500, "The server had an error while processing your request.", "server_error", null),
        RefusalReason.Unavailable => Error(503, "The engine is currently overloaded, please try again later.", "service_unavailable", null),
    };

    public const string ModerationMessage = "Your request was blocked by our moderation system.";

    private static IResult Error(int status, string message, string type, string? code, string? param = null)
    {
        var error = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = param, ["code"] = code };
        return Results.Json(new JsonObject { ["error"] = error }, statusCode: status);
    }
}
