using System.Text.Json.Nodes;

namespace VideoGen.Simulator.Dialects.Replicate;

/// <summary>Replicate's predictions.</summary>
internal sealed class ReplicateDialect(World world) : Dialect(world)
{
    public override string Name => "replicate";

    public override void Map(WebApplication app) => new ReplicatePredictions(World, this).MapAt(app.MapGroup("/v1"));

    public override IResult Refuse(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.BadRequest => Problem(422, "Input validation failed", refusal.Message ?? "- input: prompt is required"),
        RefusalReason.Unauthorized => Problem(401, "Unauthenticated", "You did not pass a valid authentication token"),
        RefusalReason.QuotaExceeded => Problem(402, "Insufficient credit", "You have insufficient credit to run this model."),
        RefusalReason.Moderated => Problem(422, "Input validation failed", "The input was flagged as sensitive. (E005)"),
        RefusalReason.NotFound or RefusalReason.NotReady or RefusalReason.Gone or RefusalReason.Conflict =>
            Problem(404, "Not found", "The requested resource could not be found."),
        RefusalReason.RateLimited => Problem(429, title: null, "Request was throttled. Your rate limit resets in ~30s."),
        RefusalReason.ServerError => Problem(500, "Internal server error", "Something went wrong."),
        RefusalReason.Unavailable => Problem(503, "Service unavailable", "Try again later."),
    };

    private static IResult Problem(int status, string? title, string detail)
    {
        var problem = new JsonObject { ["detail"] = detail, ["status"] = status };
        if (title is not null)
        {
            problem["title"] = title;
        }

        return Results.Json(problem, statusCode: status);
    }
}
