using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Jobs;
using VideoGen.Simulator.Media;

namespace VideoGen.Simulator.Dialects.Google;

/// <summary>Gemini Omni by the Interactions API, and the files that it makes.</summary>
internal sealed class GeminiDialect(World world) : Dialect(world)
{
    private const string Refusal = "The request was blocked by our safety filters.";
    private const int Shortest = 3;

    private static readonly string[] KnownModels = ["gemini-omni-1.1-flash", "gemini-omni-1.2-flash"];

    public override string Name => "gemini";

    public override string? PromptIn(RequestBody body) => body.Json?["input"] switch
    {
        JsonValue text when text.GetValueKind() is JsonValueKind.String => text.GetValue<string>(),
        JsonArray blocks => blocks.FirstOrDefault(block => block?["type"]?.GetValue<string>() is "text")?["text"]?.GetValue<string>(),
        _ => null,
    };

    public override void Map(WebApplication app)
    {
        var interactions = app.MapGroup("/v1beta/interactions");
        interactions.AddEndpointFilter(RequireKeyAsync);
        interactions.MapPost("", Create).Is(Operation.Create);
        interactions.MapGet("/{id}", (Delegate)CheckAsync).Is(Operation.Check);
        interactions.MapPost("/{id}/cancel", Cancel).Is(Operation.Cancel);
        interactions.MapDelete("/{id}", Delete).Is(Operation.Delete);
        app.MapGet("/v1beta/files/{id}:download", DownloadAsync).AddEndpointFilter(RequireKeyAsync).Is(Operation.Content);
    }

    public override IResult Refuse(Refusal refusal) => RpcErrors.Of(refusal);

    private IResult Create(HttpContext context)
    {
        var body = context.RequestBody();
        var format = body.Json?["response_format"];
        var model = body.Json?["model"]?.GetValue<string>();
        if (!KnownModels.Contains(model, StringComparer.Ordinal))
        {
            return Refuse(new Refusal(RefusalReason.NotFound, $"models/{model} is not found."));
        }

        if (body.Prompt is not { Length: > 0 } prompt || body.Json?["background"]?.GetValue<bool>() is not true || format?["type"]?.GetValue<string>() is not "video")
        {
            return Refuse(new Refusal(RefusalReason.BadRequest, "A video needs an input and runs in the background."));
        }

        var seconds = SecondsIn(format["duration"]?.GetValue<string>());
        var longest = model is "gemini-omni-1.2-flash" ? 15 : 10;
        if (seconds < Shortest || seconds > longest
            || GooglePicture.Of(format["aspect_ratio"]?.GetValue<string>(), format["resolution"]?.GetValue<string>()) is not { } size)
        {
            return Refuse(new Refusal(RefusalReason.BadRequest, "Unsupported duration, aspect ratio or resolution.", "response_format"));
        }

        var job = World.Jobs.Add(context, new SimulatedJob
        {
            Id = $"v1_{Guid.NewGuid():n}",
            Dialect = Name,
            Prompt = prompt,
            Model = model!,
            Width = size.Width,
            Height = size.Height,
            Seconds = seconds,
            CreatedAt = World.Now,
            GenerationTime = World.Options.GenerationTime,
            Asked = body.Json,
        });
        return Results.Json(Describe(job.Look(World.Now)));
    }

    private async Task<IResult> CheckAsync(HttpContext context)
    {
        if (context.Job() is not { } job)
        {
            return Refuse(new Refusal(RefusalReason.NotFound));
        }

        var view = context.Look(job, World.Now);
        var answer = Describe(view);
        if (view.State is JobState.Finished && PromptOrders.EndOf(job.Prompt) is null)
        {
            answer["steps"] = new JsonArray(
                new JsonObject { ["type"] = "user_input", ["content"] = new JsonArray(new JsonObject { ["type"] = "video", ["data"] = "AAAA" }) },
                new JsonObject
                {
                    ["type"] = "model_output",
                    ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "Here is your video." }, await VideoAsync(context.Request, job)),
                });
        }

        return Results.Json(answer);
    }

    private static async Task<JsonObject> VideoAsync(HttpRequest request, SimulatedJob job) =>
        PromptOrders.WantsInline(job.Prompt) || job.Asked?["response_format"]?["delivery"]?.GetValue<string>() is not "uri"
            ? new JsonObject
            {
                ["type"] = "video",
                ["mime_type"] = "video/mp4",
                ["data"] = Convert.ToBase64String(await File.ReadAllBytesAsync(await SampleVideos.OfAsync(job))),
            }
            : new JsonObject { ["type"] = "video", ["mime_type"] = "video/mp4", ["uri"] = $"{request.Scheme}://{request.Host}/v1beta/files/{job.Id}" };

    private IResult Cancel(HttpContext context)
    {
        if (context.Job() is not { } job)
        {
            return Refuse(new Refusal(RefusalReason.NotFound));
        }

        return job.Cancel(World.Now) ? Results.Json(Describe(job.Look(World.Now))) : Refuse(new Refusal(RefusalReason.Conflict, "The interaction has ended."));
    }

    private IResult Delete(HttpContext context)
    {
        if (context.Job() is not { } job)
        {
            return Refuse(new Refusal(RefusalReason.NotFound));
        }

        World.Jobs.Remove(job);
        return Results.Json(new JsonObject());
    }

    private async Task<IResult> DownloadAsync(HttpContext context, string? alt) =>
        context.Job() is { } job && alt is "media" && job.Look(World.Now).State is JobState.Finished
            ? await ResultFile.OfAsync(job, MediaForm.Video)
            : Refuse(new Refusal(RefusalReason.NotFound));

    private static JsonObject Describe(JobView view)
    {
        var answer = new JsonObject { ["id"] = view.Job.Id, ["status"] = WordOf(view), ["model"] = view.Job.Model, ["input"] = view.Job.Asked?["input"]?.DeepClone() };
        if (view.State is JobState.Failed or JobState.Moderated)
        {
            answer["error"] = new JsonObject
            {
                ["code"] = view.State is JobState.Moderated ? 400 : 500,
                ["message"] = view.State is JobState.Moderated ? $"{Refusal} Prompt: {view.Job.Prompt}" : "An internal error has occurred.",
            };
        }

        return answer;
    }

    private static string WordOf(JobView view) => view switch
    {
        { HasUnknownWord: true } => JobView.UnknownWord,
        { State: JobState.Finished } => PromptOrders.EndOf(view.Job.Prompt) ?? "completed",
        { State: JobState.Waiting } => "queued",
        { State: JobState.Running } => "in_progress",
        { State: JobState.Cancelled } => "cancelled",
        { State: JobState.Failed or JobState.Moderated } => "failed",
    };

    private static int SecondsIn(string? duration) =>
        duration is [.. var number, 's'] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
}
