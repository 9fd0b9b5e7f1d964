using VideoGen.Simulator.Jobs;
using VideoGen.Simulator.Media;

namespace VideoGen.Simulator.Dialects.Google;

/// <summary>Cloud Storage, in which the results of Vertex AI lie that were asked to be put there.</summary>
internal sealed class StorageDialect(World world) : Dialect(world)
{
    public const string DialectName = "google-storage";

    public override string Name => DialectName;

    /// <summary>Where the result of a job is, as "gs://bucket/object"; null when it was not to be stored.</summary>
    public static string? ObjectOf(SimulatedJob job) =>
        job.Asked?["parameters"]?["storageUri"]?.GetValue<string>() is { } folder ? $"{folder.TrimEnd('/')}/{NumberOf(job)}/sample_0.mp4" : null;

    public override void Map(WebApplication app) =>
        app.MapGet("/storage/v1/b/{bucket}/o/{name}", AnswerAsync).AddEndpointFilter(RequireKeyAsync).Is(Operation.Content);

    public override IResult Refuse(Refusal refusal) => RpcErrors.Of(refusal);

    public override SimulatedJob? JobAddressed(HttpContext context)
    {
        var wanted = $"gs://{context.Request.RouteValues["bucket"]}/{Uri.UnescapeDataString(context.Request.RouteValues["name"] as string ?? "")}";
        return World.Jobs.Of(VertexDialect.DialectName).FirstOrDefault(job => string.Equals(ObjectOf(job), wanted, StringComparison.Ordinal));
    }

    private async Task<IResult> AnswerAsync(HttpContext context, string? alt) =>
        context.Job() is { } job && alt is "media" && job.Look(World.Now).State is JobState.Finished
            ? await ResultFile.OfAsync(job, MediaForm.Video)
            : Refuse(new Refusal(RefusalReason.NotFound, "No such object."));

    private static string NumberOf(SimulatedJob job) => job.CreatedAt.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
