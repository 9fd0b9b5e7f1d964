using System.Text.Json.Nodes;

namespace VideoGen.Simulator.Dialects.AzureSora;

/// <summary>Errors as Azure OpenAI puts them.</summary>
internal static class AzureSoraErrors
{
    public static IResult Of(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.BadRequest => Error(400, "invalid_request", refusal.Message ?? "Bad request.", refusal.Field),
        RefusalReason.Unauthorized => Error(401, "401", "Access denied due to invalid subscription key or wrong API endpoint."),
        RefusalReason.QuotaExceeded => Error(429, "insufficient_quota", "You exceeded your current quota."),
        RefusalReason.Moderated => Moderated(),
        RefusalReason.NotFound => Error(404, "not_found", "Video generation job not found."),
        RefusalReason.NotReady => Error(404, "not_found", "Video generation content not found."),
        RefusalReason.Gone => Error(404, "not_found", "Video generation content has expired."),
        RefusalReason.Conflict => Error(409, "conflict", refusal.Message ?? "The job is not in a state for this."),
        RefusalReason.RateLimited => Error(429, "429", "Requests have exceeded the call rate limit of your current tier."),
        RefusalReason.ServerError => Error(500, "internal_error", "The server had an error while processing your request."),
        RefusalReason.Unavailable => Error(503, "service_unavailable", "The service is temporarily unable to process your request."),
    };

    private static IResult Moderated() => Error(400, "contentFilter", "Your prompt was blocked by the content filter.", "prompt", new JsonObject
    {
        ["code"] = "ResponsibleAIPolicyViolation",
        ["error_details"] = new JsonObject { ["violence"] = new JsonObject { ["filtered"] = true, ["severity"] = "high" } },
    });

    private static IResult Error(int status, string code, string message, string? param = null, JsonObject? inner = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message, ["param"] = param, ["type"] = "invalid_request_error" };
        if (inner is not null)
        {
            error["inner_error"] = inner;
        }

        return Results.Json(new JsonObject { ["error"] = error }, statusCode: status);
    }
}
