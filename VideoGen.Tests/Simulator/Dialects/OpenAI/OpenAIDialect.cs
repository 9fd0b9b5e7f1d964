namespace VideoGen.Simulator.Dialects.OpenAI;

/// <summary>OpenAI's video API, and LiteLLM's proxy of the same shape: its paths also do without "/v1".</summary>
internal sealed class OpenAIDialect(World world) : Dialect(world)
{
    public override string Name => "openai";

    public override void Map(WebApplication app)
    {
        var videos = new OpenAIVideos(World, this);
        videos.MapAt(app.MapGroup("/v1/videos"));
        videos.MapAt(app.MapGroup("/videos"));
    }

    public override IResult Refuse(Refusal refusal) => OpenAIErrors.Of(refusal);
}
