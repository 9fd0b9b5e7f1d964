namespace VideoGen.Simulator.Dialects.Files;

/// <summary>A file server that belongs to nobody: it has only the signed files that every host has.</summary>
internal sealed class FilesDialect(World world) : Dialect(world)
{
    public const string DialectName = "files";

    public override string Name => DialectName;

    public override void Map(WebApplication app)
    {
    }

    public override IResult Refuse(Refusal refusal) => Results.StatusCode(refusal.Reason switch
    {
        RefusalReason.BadRequest => StatusCodes.Status400BadRequest,
        RefusalReason.NotFound or RefusalReason.NotReady => StatusCodes.Status404NotFound,
        RefusalReason.RateLimited => StatusCodes.Status429TooManyRequests,
        RefusalReason.ServerError => StatusCodes.Status500InternalServerError,
        RefusalReason.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RefusalReason.Unauthorized or RefusalReason.QuotaExceeded or RefusalReason.Moderated or RefusalReason.Gone or RefusalReason.Conflict =>
            StatusCodes.Status403Forbidden,
    });
}
