using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Jobs;

namespace VideoGen.Simulator.Dialects;

/// <summary>
/// How one vendor speaks. A dialect knows its paths and the shapes of its answers and nothing else: jobs advance, misbehave and are
/// written down without its help.
/// </summary>
internal abstract class Dialect(World world)
{
    /// <summary>What tests and the command line call it, such as "openai".</summary>
    public abstract string Name { get; }

    /// <summary>The property at the root of the answer to a create that holds the id of the job.</summary>
    public virtual string IdProperty => "id";

    /// <summary>What the vendor's file server answers to a link that has expired.</summary>
    public virtual int ExpiredLinkStatus => StatusCodes.Status403Forbidden;

    protected World World { get; } = world;

    /// <summary>
    /// Adds the vendor's endpoints. Each says what it is about with <see cref="OperationMetadata.Is"/>; the id of the job is the route
    /// value "id", or <see cref="JobAddressed"/> finds it.
    /// </summary>
    public abstract void Map(WebApplication app);

    /// <summary>Says no in the vendor's words.</summary>
    public abstract IResult Refuse(Refusal refusal);

    /// <summary>The prompt in the body of a create.</summary>
    public virtual string? PromptIn(RequestBody body) => body.Text("prompt");

    /// <summary>The job that a request is about, when the vendor ever gave out its id.</summary>
    public virtual SimulatedJob? JobAddressed(HttpContext context) =>
        context.Request.RouteValues.TryGetValue("id", out var id) ? World.Jobs.Find(Name, id as string) : null;

    /// <summary>An endpoint filter that turns away requests without an acceptable key.</summary>
    public async ValueTask<object?> RequireKeyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var key = Credential.Of(context.HttpContext.Request)?.Key;
        var accepted = World.Options.RequiredKey is { } required ? string.Equals(key, required, StringComparison.Ordinal) : !string.IsNullOrEmpty(key);
        return accepted ? await next(context) : Refuse(new Refusal(RefusalReason.Unauthorized));
    }
}
