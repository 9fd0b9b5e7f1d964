using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Dialects;

namespace VideoGen.Simulator.Media;

/// <summary>Serves signed files, with byte ranges, to whoever has a link and no key.</summary>
internal static class SignedFileEndpoint
{
    public const string Folder = "/_files";

    public static void Map(WebApplication app, World world, Dialect dialect) => app
        .MapGet(Folder + "/{token}/{name?}", (HttpContext context, string token) => AnswerAsync(context, token, world, dialect))
        .WithMetadata(new SignedFileMark())
        .Is(Operation.Content);

    public static bool IsAsked(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<SignedFileMark>() is not null;

    private static async Task<IResult> AnswerAsync(HttpContext context, string token, World world, Dialect dialect)
    {
        // As object stores do: a signature and a key are one way too many to say who one is.
        if (Credential.Of(context.Request) is { } credential)
        {
            return Results.Text($"A signed link takes no {credential.Header}.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (world.Files.Find(token) is not { } file)
        {
            return Results.NotFound();
        }

        return world.Files.HasExpired(file)
            ? Results.Text("Request has expired", statusCode: dialect.ExpiredLinkStatus)
            : await ResultFile.OfAsync(file.Job, file.Form);
    }

    private sealed class SignedFileMark;
}
