using VideoGen.Simulator.Jobs;

namespace VideoGen.Simulator.Dialects.AzureSora;

/// <summary>Azure OpenAI's jobs API for the first Sora: a job has generations, and the file belongs to a generation.</summary>
internal sealed class AzureSoraDialect(World world) : Dialect(world)
{
    private const string Generations = "/openai/v1/video/generations";

    public override string Name => "azure-sora";

    public override void Map(WebApplication app)
    {
        var generations = app.MapGroup(Generations);
        generations.AddEndpointFilter(RequireKeyAsync);
        generations.AddEndpointFilter(RequireVersionAsync);
        new AzureSoraJobs(World, this).MapAt(generations);
    }

    public override IResult Refuse(Refusal refusal) => AzureSoraErrors.Of(refusal);

    public override SimulatedJob? JobAddressed(HttpContext context) =>
        context.Request.RouteValues["generation"] is string generation
            ? World.Jobs.Find(Name, AzureSoraJobs.JobIdOf(generation))
            : base.JobAddressed(context);

    private async ValueTask<object?> RequireVersionAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var version = context.HttpContext.Request.Query["api-version"].ToString();
        return version is "preview" or "v1"
            ? await next(context)
            : Refuse(new Refusal(RefusalReason.BadRequest, $"API version not supported: '{version}'.", "api-version"));
    }
}
