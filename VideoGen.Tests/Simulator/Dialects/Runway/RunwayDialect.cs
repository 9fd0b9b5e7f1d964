using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Jobs;

namespace VideoGen.Simulator.Dialects.Runway;

/// <summary>Runway's API of 2024-11-06: tasks that are made from a text or an image, and links to what came of them.</summary>
internal sealed class RunwayDialect(World world) : Dialect(world)
{
    private const string VersionHeader = "X-Runway-Version";
    private const string Version = "2024-11-06";

    public override string Name => "runway";

    public override bool JudgesAtOnce => false;

    public override void Map(WebApplication app)
    {
        var api = app.MapGroup("/v1");
        api.AddEndpointFilter(RequireKeyAsync);
        api.AddEndpointFilter(RequireVersionAsync);
        api.MapPost("/text_to_video", context => Create(context, RunwayOrder.FromText(context.RequestBody())).ExecuteAsync(context)).Is(Operation.Create);
        api.MapPost("/image_to_video", context => Create(context, RunwayOrder.FromImage(context.RequestBody())).ExecuteAsync(context)).Is(Operation.Create);
        api.MapGet("/tasks/{id}", Check).Is(Operation.Check);
        api.MapDelete("/tasks/{id}", Delete).Is(Operation.Cancel);
    }

    public override string? PromptIn(RequestBody body) => body.Text("promptText");

    public override IResult Refuse(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.BadRequest => Error(400, refusal.Message ?? "Validation of body failed"),
        RefusalReason.Unauthorized => Error(401, "The API key you provided is not valid."),
        RefusalReason.QuotaExceeded => Error(429, "You have reached your daily limit of tasks."),
        RefusalReason.Moderated => Error(400, "The input was rejected."),
        RefusalReason.NotFound or RefusalReason.NotReady or RefusalReason.Gone => Error(404, "Not found"),
        RefusalReason.Conflict => Error(400, refusal.Message ?? "The task is not in a state for this."),
        RefusalReason.RateLimited => Error(429, "Too many requests"),
        RefusalReason.ServerError => Error(500, "Internal server error"),
        RefusalReason.Unavailable => Error(503, "We are at capacity. Try again later."),
    };

    private async ValueTask<object?> RequireVersionAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        string.Equals(context.HttpContext.Request.Headers[VersionHeader], Version, StringComparison.Ordinal)
            ? await next(context)
            : Refuse(new Refusal(RefusalReason.BadRequest, $"This version of the API requires the {VersionHeader} header."));

    private IResult Create(HttpContext context, (RunwayOrder? Order, string? Fault) asked)
    {
        if (asked.Order is not { } order)
        {
            return Refuse(new Refusal(RefusalReason.BadRequest, asked.Fault));
        }

        var job = World.Jobs.Add(context, new SimulatedJob
        {
            Id = Guid.NewGuid().ToString(),
            Dialect = Name,
            Prompt = order.Prompt,
            Model = order.Model,
            Width = order.Width,
            Height = order.Height,
            Seconds = order.Seconds,
            CreatedAt = World.Now,
            GenerationTime = World.Options.GenerationTime,
            Asked = context.RequestBody().Json,
        });
        return Results.Json(new JsonObject { ["id"] = job.Id, ["estimatedCost"] = CostOf(job) });
    }

    private IResult Check(HttpContext context) =>
        context.Job() is { } job ? Results.Json(TaskOf(context.Look(job, World.Now))) : Refuse(new Refusal(RefusalReason.NotFound));

    private IResult Delete(HttpContext context)
    {
        if (context.Job() is not { } job)
        {
            return Refuse(new Refusal(RefusalReason.NotFound));
        }

        if (!job.Cancel(World.Now))
        {
            World.Jobs.Remove(job);
        }

        return Results.NoContent();
    }

    private JsonObject TaskOf(JobView view)
    {
        var task = new JsonObject
        {
            ["id"] = view.Job.Id,
            ["createdAt"] = view.Job.CreatedAt.ToString("O"),
            ["status"] = StatusOf(view),
            [view.HasEnded ? "cost" : "estimatedCost"] = CostOf(view.Job),
        };
        switch (view.State)
        {
            case JobState.Running:
                task["progress"] = view.Progress / 100.0;
                break;
            case JobState.Finished:
                task["output"] = new JsonArray(World.Files.LinkOn(World.FilesAddress!, view.Job).AbsoluteUri);
                break;
            case JobState.Failed:
                task["failure"] = "An unexpected error occurred.";
                task["failureCode"] = "INTERNAL.BAD_OUTPUT.CODE01";
                break;
            case JobState.Moderated:
                task["failure"] = "The text prompt was rejected by content moderation.";
                task["failureCode"] = "SAFETY.INPUT.TEXT";
                break;
            case JobState.Waiting or JobState.Cancelled:
                break;
        }

        return task;
    }

    private static string StatusOf(JobView view) => view.HasUnknownWord ? JobView.UnknownWord : view.State switch
    {
        JobState.Waiting => "PENDING",
        JobState.Running => "RUNNING",
        JobState.Finished => "SUCCEEDED",
        JobState.Failed or JobState.Moderated => "FAILED",
        JobState.Cancelled => "CANCELLED",
    };

    private static JsonObject CostOf(SimulatedJob job) => new() { ["credits"] = RunwayOrder.CreditsPerSecond(job.Model) * job.Seconds };

    private static IResult Error(int status, string message) => Results.Json(new JsonObject { ["error"] = message }, statusCode: status);
}
