using System.Globalization;
using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Jobs;

namespace VideoGen.Simulator.Dialects.Replicate;

/// <summary>The endpoints of predictions.</summary>
internal sealed class ReplicatePredictions(World world, Dialect dialect)
{
    // Shorter than the vendor's, so that few predictions make several pages.
    private const int PageLength = 3;

    // A prompt with this in it does not fail by itself but is ended by the vendor.
    private const string WordForAborted = "[replicate:aborted]";

    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public void MapAt(RouteGroupBuilder api)
    {
        api.AddEndpointFilter(dialect.RequireKeyAsync);
        api.MapPost("/models/{owner}/{name}/predictions", (HttpContext context, string owner, string name) => Create(context, $"{owner}/{name}", version: null))
            .Is(Operation.Create);
        api.MapPost("/predictions", CreateOfVersion).Is(Operation.Create);
        api.MapGet("/predictions", List).Is(Operation.List);
        api.MapGet("/predictions/{id}", Check).Is(Operation.Check);
        api.MapPost("/predictions/{id}/cancel", Cancel).Is(Operation.Cancel);
    }

    private IResult CreateOfVersion(HttpContext context) => context.RequestBody().Json?["version"]?.GetValue<string>() is { Length: > 0 } version
        ? Create(context, "community/model", version)
        : dialect.Refuse(new Refusal(RefusalReason.BadRequest, "- version is required"));

    private IResult Create(HttpContext context, string model, string? version)
    {
        var body = context.RequestBody();
        if (body.Json?["input"] is not JsonObject input || body.Text("prompt") is not { Length: > 0 } prompt)
        {
            return dialect.Refuse(new Refusal(RefusalReason.BadRequest));
        }

        var shape = VideoShape.Of(input);
        var asked = input.DeepClone().AsObject();
        var job = world.Jobs.Add(context, new SimulatedJob
        {
            Id = Guid.NewGuid().ToString("n")[..26],
            Dialect = dialect.Name,
            Prompt = prompt,
            Model = version is null ? model : $"{model}:{version}",
            Width = shape.Width,
            Height = shape.Height,
            Seconds = shape.Seconds,
            CreatedAt = world.Now,
            GenerationTime = world.Options.GenerationTime,
            Asked = asked,
        });
        return Results.Json(PredictionOf(context, job.Look(world.Now)), statusCode: 201);
    }

    private IResult Check(HttpContext context) => context.Job() is { } job
        ? Results.Json(PredictionOf(context, context.Look(job, world.Now)))
        : dialect.Refuse(new Refusal(RefusalReason.NotFound));

    private IResult Cancel(HttpContext context)
    {
        if (context.Job() is not { } job)
        {
            return dialect.Refuse(new Refusal(RefusalReason.NotFound));
        }

        job.Cancel(world.Now);
        return Results.Json(PredictionOf(context, job.Look(world.Now)));
    }

    private IResult List(HttpContext context, int? cursor)
    {
        var from = cursor ?? 0;
        var jobs = world.Jobs.Of(dialect.Name).Reverse().ToList();
        var page = jobs.Skip(from).Take(PageLength).Select(job => PredictionOf(context, job.Look(world.Now)));
        var next = from + PageLength < jobs.Count
            ? $"{AddressOf(context)}/predictions?cursor={(from + PageLength).ToString(CultureInfo.InvariantCulture)}"
            : null;
        return Results.Json(new JsonObject { ["previous"] = null, ["next"] = next, ["results"] = new JsonArray([.. page]) });
    }

    private JsonObject PredictionOf(HttpContext context, JobView view)
    {
        var job = view.Job;
        var parts = job.Model.Split(':');
        var isRemoved = view.EndedAt is { } ended && world.Now >= ended + Kept;
        return new JsonObject
        {
            ["id"] = job.Id,
            ["model"] = parts[0],
            ["version"] = parts is [_, var version] ? version : "hidden",
            ["input"] = isRemoved ? new JsonObject() : job.Asked?.DeepClone(),
            ["output"] = view.State is JobState.Finished && !isRemoved ? world.Files.LinkOn(world.FilesAddress!, job).AbsoluteUri : null,
            ["logs"] = "",
            ["error"] = ErrorOf(view.State),
            ["status"] = WordOf(view),
            ["data_removed"] = isRemoved,
            ["created_at"] = job.CreatedAt.ToString("O", CultureInfo.InvariantCulture),
            ["urls"] = new JsonObject
            {
                ["get"] = $"{AddressOf(context)}/predictions/{job.Id}",
                ["cancel"] = $"{AddressOf(context)}/predictions/{job.Id}/cancel",
            },
        };
    }

    private static string AddressOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}/v1";

    private static string? ErrorOf(JobState state) => state switch
    {
        JobState.Moderated => "The input or output was flagged as sensitive. Please try again with different inputs. (E005)",
        JobState.Failed => "Prediction failed: CUDA out of memory",
        JobState.Waiting or JobState.Running or JobState.Finished or JobState.Cancelled => null,
    };

    private static string WordOf(JobView view) => view.HasUnknownWord ? JobView.UnknownWord : view.State switch
    {
        JobState.Waiting => "starting",
        JobState.Running => "processing",
        JobState.Finished => "succeeded",
        JobState.Failed when view.Job.Prompt.Contains(WordForAborted, StringComparison.Ordinal) => "aborted",
        JobState.Failed or JobState.Moderated => "failed",
        JobState.Cancelled => "canceled",
    };
}
