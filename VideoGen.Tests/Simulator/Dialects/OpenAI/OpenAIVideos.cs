using System.Globalization;
using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Jobs;
using VideoGen.Simulator.Media;

namespace VideoGen.Simulator.Dialects.OpenAI;

/// <summary>The endpoints under "/videos". Other vendors offer the same ones under paths of their own.</summary>
internal sealed class OpenAIVideos(World world, Dialect dialect)
{
    private const int MostListed = 100;

    /// <summary>For how long a result can be fetched after its job is due.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <param name="videos">The group at the vendor's path, such as "/v1/videos".</param>
    public void MapAt(RouteGroupBuilder videos)
    {
        videos.AddEndpointFilter(dialect.RequireKeyAsync);
        videos.AddEndpointFilter(static (context, next) =>
        {
            context.HttpContext.Response.Headers["x-request-id"] = $"req_{Guid.NewGuid():n}";
            return next(context);
        });
        videos.MapPost("", Create).Is(Operation.Create);
        videos.MapGet("", List).Is(Operation.List);
        videos.MapGet("/{id}", Check).Is(Operation.Check);
        videos.MapGet("/{id}/content", ContentAsync).Is(Operation.Content);
        videos.MapDelete("/{id}", Delete).Is(Operation.Delete);
        videos.MapPost("/{id}/remix", Remix).Is(Operation.Remix);
    }

    private IResult Create(HttpContext context)
    {
        var body = context.RequestBody();
        var (order, refusal) = OpenAIOrder.From(body);
        return order is null ? dialect.Refuse(refusal!) : Accept(context, order, madeFrom: null);
    }

    private IResult Remix(HttpContext context)
    {
        if (context.Job() is not { } source)
        {
            return NotFound();
        }

        return context.RequestBody().Text("prompt") is { Length: > 0 } prompt
            ? Accept(context, new OpenAIOrder(prompt, source.Model, source.Width, source.Height, source.Seconds), source.Id)
            : dialect.Refuse(new Refusal(RefusalReason.BadRequest, "Missing required parameter: 'prompt'.", "prompt"));
    }

    private IResult Accept(HttpContext context, OpenAIOrder order, string? madeFrom)
    {
        var job = world.Jobs.Add(context, new SimulatedJob
        {
            Id = $"video_{Guid.NewGuid():n}",
            Dialect = dialect.Name,
            Prompt = order.Prompt,
            Model = order.Model,
            Width = order.Width,
            Height = order.Height,
            Seconds = order.Seconds,
            CreatedAt = world.Now,
            GenerationTime = world.Options.GenerationTime,
            Asked = context.RequestBody().Json,
            MadeFrom = madeFrom,
        });
        if (world.Webhooks.SubscriptionOf(dialect.Name) is { } target)
        {
            world.Webhooks.AnnounceEnd(context, job, target, EventOf);
        }

        return Results.Json(VideoOf(job.Look(world.Now)));
    }

    private IResult Check(HttpContext context) =>
        context.Job() is { } job ? Results.Json(VideoOf(context.Look(job, world.Now))) : NotFound();

    private IResult List(string? after, int? limit, string? order)
    {
        IEnumerable<SimulatedJob> jobs = world.Jobs.Of(dialect.Name);
        if (!string.Equals(order, "asc", StringComparison.Ordinal))
        {
            jobs = jobs.Reverse();
        }

        if (after is not null)
        {
            jobs = jobs.SkipWhile(job => !string.Equals(job.Id, after, StringComparison.Ordinal)).Skip(1);
        }

        var rest = jobs.ToList();
        var page = rest.Take(Math.Clamp(limit ?? 20, 0, MostListed)).ToList();
        return Results.Json(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. page.Select(job => VideoOf(job.Look(world.Now)))]),
            ["first_id"] = page.FirstOrDefault()?.Id,
            ["last_id"] = page.LastOrDefault()?.Id,
            ["has_more"] = page.Count < rest.Count,
        });
    }

    private async Task<IResult> ContentAsync(HttpContext context, string? variant)
    {
        if (context.Job() is not { } job)
        {
            return NotFound();
        }

        if (FormOf(variant) is not { } form)
        {
            return dialect.Refuse(new Refusal(RefusalReason.BadRequest, $"Invalid value: '{variant}'.", "variant"));
        }

        if (job.Look(world.Now).State is not JobState.Finished)
        {
            return dialect.Refuse(new Refusal(RefusalReason.NotReady));
        }

        return world.Now < job.DueAt + Kept
            ? await ResultFile.OfAsync(job, form)
            : dialect.Refuse(new Refusal(RefusalReason.Gone));
    }

    private IResult Delete(HttpContext context)
    {
        if (context.Job() is not { } job)
        {
            return NotFound();
        }

        if (!job.Look(world.Now).HasEnded)
        {
            return dialect.Refuse(new Refusal(RefusalReason.Conflict, "Only completed or failed videos can be deleted."));
        }

        world.Jobs.Remove(job);
        return Results.Json(new JsonObject { ["id"] = job.Id, ["object"] = "video.deleted", ["deleted"] = true });
    }

    private IResult NotFound() => dialect.Refuse(new Refusal(RefusalReason.NotFound));

    private static MediaForm? FormOf(string? variant) => variant switch
    {
        null or "video" => MediaForm.Video,
        "thumbnail" => MediaForm.WebP,
        "spritesheet" => MediaForm.Spritesheet,
        _ => null,
    };

    private static JsonObject EventOf(string id, JobView view) => new()
    {
        ["id"] = id,
        ["object"] = "event",
        ["created_at"] = view.Job.DueAt.ToUnixTimeSeconds(),
        ["type"] = view.State is JobState.Failed or JobState.Moderated ? "video.failed" : "video.completed",
        ["data"] = new JsonObject { ["id"] = view.Job.Id },
    };

    private static JsonObject VideoOf(JobView view) => new()
    {
        ["id"] = view.Job.Id,
        ["object"] = "video",
        ["created_at"] = view.Job.CreatedAt.ToUnixTimeSeconds(),
        ["status"] = StatusOf(view),
        ["completed_at"] = view.State is JobState.Finished ? view.EndedAt?.ToUnixTimeSeconds() : null,
        ["error"] = ErrorOf(view.State),
        ["expires_at"] = view.State is JobState.Finished ? (view.Job.DueAt + Kept).ToUnixTimeSeconds() : null,
        ["model"] = view.Job.Model,
        ["progress"] = view.Progress,
        ["prompt"] = view.Job.Prompt,
        ["remixed_from_video_id"] = view.Job.MadeFrom,
        ["seconds"] = view.Job.Seconds.ToString(CultureInfo.InvariantCulture),
        ["size"] = string.Create(CultureInfo.InvariantCulture, $"{view.Job.Width}x{view.Job.Height}"),
    };

    private static string StatusOf(JobView view) => view.HasUnknownWord ? JobView.UnknownWord : view.State switch
    {
        JobState.Waiting => "queued",
        JobState.Running => "in_progress",
        JobState.Finished => "completed",
        JobState.Failed or JobState.Moderated => "failed",
        JobState.Cancelled => "cancelled",
    };

    private static JsonObject? ErrorOf(JobState state) => state switch
    {
        JobState.Moderated => new() { ["code"] = "moderation_blocked", ["message"] = OpenAIErrors.ModerationMessage },
        JobState.Failed => new() { ["code"] = "video_generation_failed", ["message"] = "Video generation failed." },
        JobState.Waiting or JobState.Running or JobState.Finished or JobState.Cancelled => null,
    };
}
