using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Jobs;

namespace VideoGen.Simulator.Dialects.Luma;

/// <summary>Luma's Agents API: generations that can be looked at, and neither listed nor stopped.</summary>
internal sealed class LumaAgentsDialect(World world) : Dialect(world)
{
    public override string Name => "luma-agents";

    public override bool JudgesAtOnce => false;

    public override void Map(WebApplication app)
    {
        var generations = app.MapGroup("/v1/generations");
        generations.AddEndpointFilter(RequireKeyAsync);
        generations.AddEndpointFilter(static (context, next) =>
        {
            context.HttpContext.Response.Headers["X-API-Version"] = "2026-04-01";
            return next(context);
        });
        generations.MapPost("", Create).Is(Operation.Create);
        generations.MapGet("/{id}", Check).Is(Operation.Check);
    }

    public override IResult Refuse(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.BadRequest => Error(400, refusal.Message ?? "Bad request"),
        RefusalReason.Unauthorized => Error(401, "Invalid API key"),
        RefusalReason.QuotaExceeded => Error(402, "Insufficient balance"),
        RefusalReason.Moderated => Error(400, "Content moderated"),
        RefusalReason.NotFound or RefusalReason.NotReady or RefusalReason.Gone => Error(404, "Generation not found"),
        RefusalReason.Conflict => Error(409, refusal.Message ?? "The generation is not in a state for this"),
        RefusalReason.RateLimited => Error(429, "Rate limit exceeded"),
        RefusalReason.ServerError => Error(500, "Internal server error"),
        RefusalReason.Unavailable => Error(503, "Service unavailable"),
    };

    private IResult Create(HttpContext context)
    {
        if (LumaAgentsOrder.FaultOf(context.RequestBody()) is { } fault)
        {
            return Refuse(new Refusal(RefusalReason.BadRequest, fault));
        }

        var body = context.RequestBody();
        var (width, height) = LumaPicture.Of(body.Text("aspect_ratio"), body.Text("resolution"))!.Value;
        var job = World.Jobs.Add(context, new SimulatedJob
        {
            Id = Guid.NewGuid().ToString(),
            Dialect = Name,
            Prompt = body.Text("prompt")!,
            Model = body.Text("model")!,
            Width = width,
            Height = height,
            Seconds = LumaPicture.SecondsOf(body.Text("duration")),
            CreatedAt = World.Now,
            GenerationTime = World.Options.GenerationTime,
            Asked = body.Json,
        });
        return Results.Json(GenerationOf(job.Look(World.Now)), statusCode: StatusCodes.Status201Created);
    }

    private IResult Check(HttpContext context) =>
        context.Job() is { } job ? Results.Json(GenerationOf(context.Look(job, World.Now))) : Refuse(new Refusal(RefusalReason.NotFound));

    private JsonObject GenerationOf(JobView view)
    {
        var (code, reason) = FailureOf(view.State);
        return new JsonObject
        {
            ["id"] = view.Job.Id,
            ["type"] = "video",
            ["state"] = StateOf(view),
            ["model"] = view.Job.Model,
            ["created_at"] = view.Job.CreatedAt.ToString("O"),
            ["output"] = view.State is JobState.Finished
                ? new JsonArray(new JsonObject { ["type"] = "video", ["url"] = World.Files.LinkOn(World.FilesAddress!, view.Job).AbsoluteUri })
                : new JsonArray(),
            ["failure_code"] = code,
            ["failure_reason"] = reason,
        };
    }

    private static (string? Code, string? Reason) FailureOf(JobState state) => state switch
    {
        JobState.Failed or JobState.Cancelled => ("generation_failed", "The generation failed."),
        JobState.Moderated => ("content_moderated", "The content was moderated."),
        JobState.Waiting or JobState.Running or JobState.Finished => (null, null),
    };

    private static string StateOf(JobView view) => view.HasUnknownWord ? JobView.UnknownWord : view.State switch
    {
        JobState.Waiting => "queued",
        JobState.Running => "processing",
        JobState.Finished => "completed",
        JobState.Failed or JobState.Moderated or JobState.Cancelled => "failed",
    };

    private static IResult Error(int status, string detail) => Results.Json(new JsonObject { ["detail"] = detail }, statusCode: status);
}
