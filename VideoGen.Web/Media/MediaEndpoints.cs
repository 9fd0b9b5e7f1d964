using System.Security.Claims;
using Microsoft.Net.Http.Headers;
using VideoGen.Web.Accounts;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Media;

/// <summary>
/// Videos, posters and reference images from our own address: for their owner and administrators, in ranges, cached only by
/// the browser itself. Whatever may not be seen looks like something that does not exist.
/// </summary>
internal sealed partial class MediaEndpoints(MediaQuery query, IVideoStore store, ILogger<MediaEndpoints> logger)
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var media = routes.MapGroup("/media").RequireAuthorization().AddEndpointFilter(RefuseOtherSitesAsync);
        media.MapMethods("/videos/{videoId:guid}", ReadMethods, (Guid videoId, HttpContext context, MediaEndpoints endpoints) =>
            endpoints.VideoAsync(videoId, context));
        media.MapMethods("/posters/{videoId:guid}", ReadMethods, (Guid videoId, HttpContext context, MediaEndpoints endpoints) =>
            endpoints.PosterAsync(videoId, context));
        media.MapMethods("/jobs/{jobId:guid}/reference", ReadMethods, (Guid jobId, HttpContext context, MediaEndpoints endpoints) =>
            endpoints.ReferenceAsync(jobId, context));
    }

    private async Task<IResult> VideoAsync(Guid videoId, HttpContext context)
    {
        var file = await query.FindVideoAsync(videoId, ReaderOf(context.User), context.RequestAborted);
        var name = file?.Prompt is { } prompt && context.Request.Query.ContainsKey("download") ? DownloadName.Of(prompt) : null;
        return await SendAsync(file, MediaTypes.Video, name, context);
    }

    private async Task<IResult> PosterAsync(Guid videoId, HttpContext context) =>
        await SendAsync(await query.FindPosterAsync(videoId, ReaderOf(context.User), context.RequestAborted), MediaTypes.Poster, downloadName: null, context);

    private async Task<IResult> ReferenceAsync(Guid jobId, HttpContext context)
    {
        var file = await query.FindReferenceAsync(jobId, ReaderOf(context.User), context.RequestAborted);
        return await SendAsync(file, ReferenceImages.MediaTypeOf(file?.Key ?? ""), downloadName: null, context);
    }

    private async Task<IResult> SendAsync(MediaFile? file, string mediaType, string? downloadName, HttpContext context)
    {
        if (file is null)
        {
            return Results.NotFound();
        }

        Stream? content;
        try
        {
            content = await store.OpenReadAsync(file.Key, context.RequestAborted);
        }
        catch (VideoStoreException ex)
        {
            LogUnavailable(ex, file.Key);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        if (content is null)
        {
            LogMissing(file.Key);
            return Results.NotFound();
        }

        KeepOnlyByteRanges(context.Request);
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, max-age=3600";
        headers.Vary = HeaderNames.Cookie;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Disposes the stream, also when the browser goes away half-way.
        return Results.Stream(
            content, mediaType, downloadName, file.LastModified, new EntityTagHeaderValue($"\"{file.Tag}\""), enableRangeProcessing: true);
    }

    // The framework would answer a range of any unit, and of a HEAD, with 206. Both must be ignored (RFC 9110, 14.2).
    private static void KeepOnlyByteRanges(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) || !request.Headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            request.Headers.Remove(HeaderNames.Range);
        }
    }

    private static MediaReader ReaderOf(ClaimsPrincipal user) => new(user.PersonId(), user.IsInRole(Roles.Admin));

    // A page of another site must not be able to show, or measure, what the person's cookie opens.
    private static async ValueTask<object?> RefuseOtherSitesAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers["Sec-Fetch-Site"] == "cross-site"
            ? Results.StatusCode(StatusCodes.Status403Forbidden)
            : await next(context);

    [LoggerMessage(LogLevel.Error, "The store holds nothing under {Key}, although a row of the database says so")]
    private partial void LogMissing(string key);

    [LoggerMessage(LogLevel.Error, "The store does not give {Key} just now")]
    private partial void LogUnavailable(Exception exception, string key);
}
