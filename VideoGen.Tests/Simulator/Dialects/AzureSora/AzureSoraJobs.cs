using System.Globalization;
using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Jobs;
using VideoGen.Simulator.Media;

namespace VideoGen.Simulator.Dialects.AzureSora;

/// <summary>The endpoints under "/openai/v1/video/generations".</summary>
internal sealed class AzureSoraJobs(World world, Dialect dialect)
{
    private const string JobPrefix = "task_";
    private const string GenerationPrefix = "gen_";
    private const string Variants = "n_variants";
    private const int MostListed = 100;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public void MapAt(RouteGroupBuilder generations)
    {
        generations.MapPost("/jobs", Create).Is(Operation.Create);
        generations.MapGet("/jobs", List).Is(Operation.List);
        generations.MapGet("/jobs/{id}", Check).Is(Operation.Check);
        generations.MapDelete("/jobs/{id}", Delete).Is(Operation.Cancel);
        generations.MapGet("/{generation}/content/video", ContentAsync).Is(Operation.Content);
    }

    /// <summary>The job that a generation belongs to, by the id of the generation.</summary>
    public static string JobIdOf(string generation) => JobPrefix + generation.Split('_')[^1].Split('-')[0];

    private IResult Create(HttpContext context)
    {
        var (order, refusal) = AzureSoraOrder.From(context.RequestBody());
        if (order is null)
        {
            return dialect.Refuse(refusal!);
        }

        var job = world.Jobs.Add(context, new SimulatedJob
        {
            Id = $"{JobPrefix}{Guid.NewGuid():n}",
            Dialect = dialect.Name,
            Prompt = order.Prompt,
            Model = order.Model,
            Width = order.Width,
            Height = order.Height,
            Seconds = order.Seconds,
            CreatedAt = world.Now,
            GenerationTime = world.Options.GenerationTime,
            Asked = new JsonObject { [Variants] = order.Variants },
        });
        return Results.Json(Describe(job.Look(world.Now)), statusCode: StatusCodes.Status201Created);
    }

    private IResult Check(HttpContext context) =>
        context.Job() is { } job ? Results.Json(Describe(context.Look(job, world.Now))) : NotFound();

    private IResult List(string? after, int? limit)
    {
        var newestFirst = world.Jobs.Of(dialect.Name).Reverse();
        var jobs = after is null
            ? newestFirst.ToList()
            : newestFirst.SkipWhile(job => !string.Equals(job.Id, after, StringComparison.Ordinal)).Skip(1).ToList();
        var page = jobs.Take(Math.Clamp(limit ?? 10, 1, MostListed)).ToList();
        return Results.Json(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. page.Select(job => Describe(job.Look(world.Now)))]),
            ["first_id"] = page.FirstOrDefault()?.Id,
            ["last_id"] = page.LastOrDefault()?.Id,
            ["has_more"] = page.Count < jobs.Count,
        });
    }

    private IResult Delete(HttpContext context)
    {
        if (context.Job() is not { } job)
        {
            return NotFound();
        }

        if (!job.Cancel(world.Now))
        {
            world.Jobs.Remove(job);
        }

        return Results.NoContent();
    }

    private async Task<IResult> ContentAsync(HttpContext context, string? quality)
    {
        if (quality is not (null or "high" or "low"))
        {
            return dialect.Refuse(new Refusal(RefusalReason.BadRequest, $"Invalid value: '{quality}'.", "quality"));
        }

        if (context.Job() is not { } job || job.Look(world.Now).State is not JobState.Finished)
        {
            return NotFound();
        }

        return world.Now < job.DueAt + Kept
            ? await ResultFile.OfAsync(job, MediaForm.Video)
            : dialect.Refuse(new Refusal(RefusalReason.Gone));
    }

    private IResult NotFound() => dialect.Refuse(new Refusal(RefusalReason.NotFound));

    private static JsonObject Describe(JobView view) => new()
    {
        ["object"] = "video.generation.job",
        ["id"] = view.Job.Id,
        ["status"] = StatusOf(view),
        ["created_at"] = view.Job.CreatedAt.ToUnixTimeSeconds(),
        ["finished_at"] = view.EndedAt?.ToUnixTimeSeconds(),
        ["expires_at"] = view.EndedAt is { } ended ? (ended + Kept).ToUnixTimeSeconds() : null,
        ["generations"] = view.State is JobState.Finished ? GenerationsOf(view.Job) : [],
        ["prompt"] = view.Job.Prompt,
        ["model"] = view.Job.Model,
        [Variants] = view.Job.Asked![Variants]!.GetValue<int>(),
        ["n_seconds"] = view.Job.Seconds,
        ["height"] = view.Job.Height,
        ["width"] = view.Job.Width,
        ["failure_reason"] = view.State switch
        {
            JobState.Moderated => "output_moderation",
            JobState.Failed => "internal_error",
            JobState.Waiting or JobState.Running or JobState.Finished or JobState.Cancelled => null,
        },
    };

    private static JsonArray GenerationsOf(SimulatedJob job) =>
    [
        .. Enumerable.Range(0, job.Asked![Variants]!.GetValue<int>()).Select(index => new JsonObject
        {
            ["object"] = "video.generation",
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"{GenerationPrefix}{job.Id[JobPrefix.Length..]}-{index}"),
            ["job_id"] = job.Id,
            ["created_at"] = job.DueAt.ToUnixTimeSeconds(),
            ["width"] = job.Width,
            ["height"] = job.Height,
            ["n_seconds"] = job.Seconds,
            ["prompt"] = job.Prompt,
        }),
    ];

    private static string StatusOf(JobView view) => view.HasUnknownWord ? JobView.UnknownWord : view.State switch
    {
        JobState.Waiting => "queued",
        JobState.Running => "running",
        JobState.Finished => "succeeded",
        JobState.Failed or JobState.Moderated => "failed",
        JobState.Cancelled => "cancelled",
    };
}
