namespace VideoGen.Simulator.Dialects.Fal;

/// <summary>fal's queue: any endpoint, one way of asking.</summary>
internal sealed class FalDialect(World world) : Dialect(world)
{
    public override string Name => "fal";

    public override string IdProperty => "request_id";

    public override void Map(WebApplication app) => new FalQueue(World, this).MapAt(app.MapGroup(""));

    public override IResult Refuse(Refusal refusal) => FalErrors.Of(refusal);
}
