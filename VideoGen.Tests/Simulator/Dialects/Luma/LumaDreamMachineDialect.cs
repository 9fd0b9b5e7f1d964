using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Hooks;
using VideoGen.Simulator.Jobs;

namespace VideoGen.Simulator.Dialects.Luma;

/// <summary>Luma's Dream Machine API, first version: generations that are listed with what was asked for.</summary>
internal sealed class LumaDreamMachineDialect(World world) : Dialect(world)
{
    private const int MostListed = 100;

    private static readonly string[] Models = ["ray-2", "ray-flash-2"];
    private static readonly string[] Ratios = ["1:1", "16:9", "9:16", "4:3", "3:4", "21:9", "9:21"];
    private static readonly string[] Resolutions = ["540p", "720p", "1080p", "4k"];
    private static readonly string[] Durations = ["5s", "9s"];

    public override string Name => "luma";

    public override bool JudgesAtOnce => false;

    public override void Map(WebApplication app)
    {
        var generations = app.MapGroup("/dream-machine/v1/generations");
        generations.AddEndpointFilter(RequireKeyAsync);
        generations.MapPost("/video", Create).Is(Operation.Create);
        generations.MapGet("", List).Is(Operation.List);
        generations.MapGet("/{id}", Check).Is(Operation.Check);
        generations.MapDelete("/{id}", Delete).Is(Operation.Cancel);
    }

    public override IResult Refuse(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.BadRequest => Error(400, refusal.Message ?? "Bad request"),
        RefusalReason.Unauthorized => Error(401, "Not authenticated"),
        RefusalReason.QuotaExceeded => Error(400, "Insufficient credits"),
        RefusalReason.Moderated => Error(400, "prompt not allowed because advanced moderation failed"),
        RefusalReason.NotFound or RefusalReason.NotReady or RefusalReason.Gone => Error(404, "Generation not found"),
        RefusalReason.Conflict => Error(400, refusal.Message ?? "The generation is not in a state for this"),
        RefusalReason.RateLimited => Error(429, "Too many requests"),
        RefusalReason.ServerError => Error(500, "Internal server error"),
        RefusalReason.Unavailable => Error(503, "Service unavailable"),
    };

    private IResult Create(HttpContext context)
    {
        var body = context.RequestBody();
        if (FaultOf(body) is { } fault)
        {
            return Refuse(new Refusal(RefusalReason.BadRequest, fault));
        }

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

        // Nobody beyond this machine is told of what is only simulated.
        if (body.Text("callback_url") is { } callback && new Uri(callback) is { IsLoopback: true } address)
        {
            World.Webhooks.AnnounceEnd(context, job, new WebhookTarget(address, Secret: null), (_, view) => GenerationOf(view));
        }

        return Results.Json(GenerationOf(job.Look(World.Now)), statusCode: StatusCodes.Status201Created);
    }

    private static string? FaultOf(RequestBody body)
    {
        var callback = body.Text("callback_url");
        return string.IsNullOrEmpty(body.Text("prompt")) ? "prompt is required"
            : body.Text("generation_type") is not (null or "video") ? "generation_type has to be video"
            : !Models.Contains(body.Text("model"), StringComparer.Ordinal) ? "unknown model"
            : !Ratios.Contains(body.Text("aspect_ratio"), StringComparer.Ordinal) ? "unknown aspect_ratio"
            : !Resolutions.Contains(body.Text("resolution"), StringComparer.Ordinal) ? "unknown resolution"
            : !Durations.Contains(body.Text("duration"), StringComparer.Ordinal) ? "unknown duration"
            : callback is not null && !Uri.TryCreate(callback, UriKind.Absolute, out _) ? "callback_url is no URL"
            : FaultOfKeyframe(body.Json?["keyframes"]?["frame0"]);
    }

    private static string? FaultOfKeyframe(JsonNode? frame) => frame switch
    {
        null => null,
        JsonObject image when image["type"]?.GetValueKind() is JsonValueKind.String && (image["url"] ?? image["id"])?.GetValueKind() is JsonValueKind.String => null,
        _ => "unknown keyframe",
    };

    private IResult Check(HttpContext context) =>
        context.Job() is { } job ? Results.Json(GenerationOf(context.Look(job, World.Now))) : Refuse(new Refusal(RefusalReason.NotFound));

    private IResult List(int? limit, int? offset)
    {
        var wanted = Math.Clamp(limit ?? 10, 1, MostListed);
        var jobs = World.Jobs.Of(Name).Reverse().Skip(Math.Max(0, offset ?? 0)).ToList();
        var page = jobs.Take(wanted).Select(job => GenerationOf(job.Look(World.Now))).ToArray<JsonNode>();
        return Results.Json(new JsonObject
        {
            ["generations"] = new JsonArray(page),
            ["count"] = page.Length,
            ["has_more"] = page.Length < jobs.Count,
            ["limit"] = wanted,
            ["offset"] = offset ?? 0,
        });
    }

    private IResult Delete(HttpContext context)
    {
        if (context.Job() is not { } job)
        {
            return Refuse(new Refusal(RefusalReason.NotFound));
        }

        job.Cancel(World.Now);
        World.Jobs.Remove(job);
        return Results.NoContent();
    }

    private JsonObject GenerationOf(JobView view) => new()
    {
        ["id"] = view.Job.Id,
        ["generation_type"] = "video",
        ["state"] = StateOf(view),
        ["failure_reason"] = view.State switch
        {
            JobState.Failed => "Generation failed",
            JobState.Moderated => "Advanced moderation failed",
            JobState.Waiting or JobState.Running or JobState.Finished or JobState.Cancelled => null,
        },
        ["created_at"] = view.Job.CreatedAt.ToString("O"),
        ["assets"] = view.State is JobState.Finished
            ? new JsonObject { ["video"] = World.Files.LinkOn(World.FilesAddress!, view.Job).AbsoluteUri }
            : null,
        ["model"] = view.Job.Model,
        ["request"] = view.Job.Asked?.DeepClone(),
    };

    private static string StateOf(JobView view) => view.HasUnknownWord ? JobView.UnknownWord : view.State switch
    {
        JobState.Waiting => "queued",
        JobState.Running => "dreaming",
        JobState.Finished => "completed",
        JobState.Failed or JobState.Moderated or JobState.Cancelled => "failed",
    };

    private static IResult Error(int status, string detail) => Results.Json(new JsonObject { ["detail"] = detail }, statusCode: status);
}
