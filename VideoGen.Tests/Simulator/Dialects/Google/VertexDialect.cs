using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Jobs;
using VideoGen.Simulator.Media;

namespace VideoGen.Simulator.Dialects.Google;

/// <summary>Veo on Vertex AI, with the endpoint at which service accounts get their tokens.</summary>
internal sealed class VertexDialect(World world) : Dialect(world)
{
    public const string DialectName = "vertex";

    private const string Models = "/v1/projects/{project}/locations/{location}/publishers/google/models/";

    private static readonly string[] KnownModels = ["veo-3.1-generate-001", "veo-3.1-fast-generate-001", "veo-3.1-lite-generate-001"];
    private static readonly int[] Lengths = [4, 6, 8];

    public override string Name => DialectName;

    public override string IdProperty => "name";

    // Whoever asks about an operation names it in the body.
    public override string? PromptIn(RequestBody body) => JobOf(body)?.Prompt ?? body.Text("prompt");

    public override void Map(WebApplication app)
    {
        app.MapPost("/token", TokenEndpoint.AnswerAsync(World));
        app.MapPost(Models + "{model}:predictLongRunning", Create).AddEndpointFilter(RequireKeyAsync).Is(Operation.Create);
        app.MapPost(Models + "{model}:fetchPredictOperation", (Delegate)FetchAsync).AddEndpointFilter(RequireKeyAsync).Is(Operation.Check);
    }

    public override IResult Refuse(Refusal refusal) => RpcErrors.Of(refusal);

    private IResult Create(HttpContext context, string project, string location, string model)
    {
        var body = context.RequestBody();
        var parameters = body.Json?["parameters"];
        if (!KnownModels.Contains(model, StringComparer.Ordinal))
        {
            return Refuse(new Refusal(RefusalReason.NotFound, $"Publisher Model `{model}` was not found."));
        }

        if (body.Json?["instances"] is not JsonArray { Count: 1 } instances || instances[0]?["prompt"]?.GetValue<string>() is not { Length: > 0 } prompt)
        {
            return Refuse(new Refusal(RefusalReason.BadRequest, "A prompt is required.", "instances"));
        }

        if (GooglePicture.Of(parameters?["aspectRatio"]?.GetValue<string>(), parameters?["resolution"]?.GetValue<string>()) is not { } size)
        {
            return Refuse(new Refusal(RefusalReason.BadRequest, "Unsupported aspect ratio or resolution.", "parameters"));
        }

        if (parameters?["durationSeconds"] is not JsonValue length || length.GetValueKind() is not JsonValueKind.Number || !Lengths.Contains(length.GetValue<int>()))
        {
            return Refuse(new Refusal(RefusalReason.BadRequest, "Unsupported duration.", "parameters.durationSeconds"));
        }

        var job = World.Jobs.Add(context, new SimulatedJob
        {
            Id = $"projects/{project}/locations/{location}/publishers/google/models/{model}/operations/{Guid.NewGuid()}",
            Dialect = Name,
            Prompt = prompt,
            Model = model,
            Width = size.Width,
            Height = size.Height,
            Seconds = length.GetValue<int>(),
            CreatedAt = World.Now,
            GenerationTime = World.Options.GenerationTime,
            Asked = body.Json,
        });
        return Results.Json(new JsonObject { ["name"] = job.Id });
    }

    private async Task<IResult> FetchAsync(HttpContext context)
    {
        if (JobOf(context.RequestBody()) is not { } job)
        {
            return Refuse(new Refusal(RefusalReason.NotFound));
        }

        context.Concern(job);
        var view = context.Look(job, World.Now);
        var answer = new JsonObject { ["name"] = job.Id };
        if (view.HasEnded)
        {
            answer["done"] = true;
            await EndAsync(answer, view);
        }

        return Results.Json(answer);
    }

    private static async Task EndAsync(JsonObject answer, JobView view)
    {
        var job = view.Job;
        if (PromptOrders.EndOf(job.Prompt) is { } code)
        {
            answer["error"] = new JsonObject { ["code"] = int.Parse(code, CultureInfo.InvariantCulture), ["message"] = "It did not work out." };
        }
        else if (view.State is JobState.Moderated)
        {
            answer["response"] = new JsonObject
            {
                ["raiMediaFilteredCount"] = 1,
                ["raiMediaFilteredReasons"] = new JsonArray("Veo could not generate videos. Support codes: 58061214"),
            };
        }
        else if (view.State is not JobState.Finished)
        {
            answer["error"] = new JsonObject { ["code"] = 13, ["message"] = "Internal error. Please try again." };
        }
        else
        {
            var video = StorageDialect.ObjectOf(job) is { } gcsUri
                ? new JsonObject { ["gcsUri"] = gcsUri, ["mimeType"] = "video/mp4" }
                : new JsonObject { ["bytesBase64Encoded"] = Convert.ToBase64String(await File.ReadAllBytesAsync(await SampleVideos.OfAsync(job))), ["mimeType"] = "video/mp4" };
            answer["response"] = new JsonObject { ["videos"] = new JsonArray(video) };
        }
    }

    private SimulatedJob? JobOf(RequestBody body) =>
        body.Json?["operationName"] is JsonValue name && name.GetValueKind() is JsonValueKind.String ? World.Jobs.Find(Name, name.GetValue<string>()) : null;
}
