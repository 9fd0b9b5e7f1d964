using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Jobs;

namespace VideoGen.Simulator.Dialects.Fal;

/// <summary>The endpoints of the queue. A request is asked for at the whole endpoint, and asked about at its first two parts alone.</summary>
internal sealed class FalQueue(World world, Dialect dialect)
{
    private const string Requests = "/{owner}/{alias}/requests/{id}";

    public void MapAt(RouteGroupBuilder queue)
    {
        queue.AddEndpointFilter(dialect.RequireKeyAsync);
        queue.MapPost("/{owner}/{alias}/{**rest}", Submit).Is(Operation.Create);
        queue.MapGet(Requests + "/status", Status).Is(Operation.Check);
        queue.MapGet(Requests, Result).Is(Operation.Check);
        queue.MapPut(Requests + "/cancel", Cancel).Is(Operation.Cancel);
    }

    private IResult Submit(HttpContext context, string owner, string alias, string? rest)
    {
        var input = context.RequestBody().Json;
        if (input is null || context.RequestBody().Text("prompt") is not { Length: > 0 } prompt)
        {
            return dialect.Refuse(new Refusal(RefusalReason.BadRequest, "Field required", "prompt"));
        }

        var shape = VideoShape.Of(input);
        var job = world.Jobs.Add(context, new SimulatedJob
        {
            Id = Guid.NewGuid().ToString(),
            Dialect = dialect.Name,
            Prompt = prompt,
            Model = string.IsNullOrEmpty(rest) ? $"{owner}/{alias}" : $"{owner}/{alias}/{rest}",
            Width = shape.Width,
            Height = shape.Height,
            Seconds = shape.Seconds,
            CreatedAt = world.Now,
            GenerationTime = world.Options.GenerationTime,
            Asked = input,
        });
        var address = $"{context.Request.Scheme}://{context.Request.Host}/{owner}/{alias}/requests/{job.Id}";
        return Results.Json(new JsonObject
        {
            ["status"] = "IN_QUEUE",
            ["request_id"] = job.Id,
            ["response_url"] = address,
            ["status_url"] = $"{address}/status",
            ["cancel_url"] = $"{address}/cancel",
            ["queue_position"] = AheadOf(job),
        });
    }

    private IResult Status(HttpContext context)
    {
        if (context.Job() is not { } job)
        {
            return dialect.Refuse(new Refusal(RefusalReason.NotFound));
        }

        var view = context.Look(job, world.Now);
        var status = new JsonObject
        {
            ["status"] = WordOf(view),
            ["request_id"] = job.Id,
            ["response_url"] = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path.Value![..^"/status".Length]}",
        };
        if (view.State is JobState.Waiting)
        {
            status["queue_position"] = AheadOf(job);
        }

        return Results.Json(status, statusCode: view.HasEnded ? 200 : 202);
    }

    private IResult Result(HttpContext context)
    {
        if (context.Job() is not { } job)
        {
            return dialect.Refuse(new Refusal(RefusalReason.NotFound));
        }

        return context.Look(job, world.Now).State switch
        {
            JobState.Waiting or JobState.Running => dialect.Refuse(new Refusal(RefusalReason.NotReady)),
            JobState.Finished => Results.Json(ResultOf(job)),
            JobState.Moderated => FalErrors.Moderated(job.Prompt),
            JobState.Failed => FalErrors.Platform(context.Response, 503, "runner_disconnected", "Runner disconnected"),
            JobState.Cancelled => FalErrors.Platform(context.Response, 499, "client_cancelled", "Request was cancelled"),
        };
    }

    private IResult Cancel(HttpContext context) => context.Job() switch
    {
        null => dialect.Refuse(new Refusal(RefusalReason.NotFound)),
        { } job when job.Cancel(world.Now) => Results.Json(new JsonObject { ["status"] = "CANCELLATION_REQUESTED" }, statusCode: 202),
        _ => dialect.Refuse(new Refusal(RefusalReason.Conflict)),
    };

    // Most models make one video; those that are asked for several give a list.
    private JsonObject ResultOf(SimulatedJob job) => job.Asked?["num_videos"]?.GetValue<int>() is { } count
        ? new JsonObject { ["videos"] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => FileOf(job))]) }
        : new JsonObject { ["video"] = FileOf(job) };

    private JsonObject FileOf(SimulatedJob job) => new()
    {
        ["url"] = world.Files.LinkOn(world.FilesAddress!, job).AbsoluteUri,
        ["content_type"] = "video/mp4",
        ["file_name"] = "output.mp4",
    };

    private static string WordOf(JobView view) => view.HasUnknownWord ? JobView.UnknownWord : view.State switch
    {
        JobState.Waiting => "IN_QUEUE",
        JobState.Running => "IN_PROGRESS",
        JobState.Finished or JobState.Failed or JobState.Moderated or JobState.Cancelled => "COMPLETED",
    };

    private int AheadOf(SimulatedJob job) => world.Jobs.Of(dialect.Name)
        .TakeWhile(other => other != job)
        .Count(other => other.Look(world.Now).State is JobState.Waiting);
}
