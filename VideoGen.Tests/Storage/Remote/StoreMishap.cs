using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace VideoGen.Tests.Storage.Remote;

/// <summary>Something that goes wrong with requests of a kind.</summary>
/// <param name="applies">Which requests.</param>
/// <param name="happen">What becomes of one.</param>
internal sealed class StoreMishap(Func<HttpRequest, bool> applies, Func<HttpContext, Task> happen)
{
    /// <summary>How many requests meet it.</summary>
    public int Times { get; set; } = int.MaxValue;

    public Func<HttpContext, Task> Happen => happen;

    public bool AppliesTo(HttpRequest request) => applies(request);

    /// <summary>An answer that is given before anything of the body was read; the rest of it is never read, and the connection closed.</summary>
    public static StoreMishap Refusal(Func<HttpRequest, bool> applies, int status, string body, string mediaType = "application/json") => new(applies, async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        context.Response.Headers.Connection = "close";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        await context.Response.CompleteAsync();
    });

    /// <summary>The connection breaks after so many bytes of the body.</summary>
    public static StoreMishap Reset(Func<HttpRequest, bool> applies, int after = 0) => new(applies, async context =>
    {
        await context.Request.Body.ReadExactlyAsync(new byte[after]);
        context.Abort();
    });

    /// <summary>No answer ever comes.</summary>
    public static StoreMishap Silence(Func<HttpRequest, bool> applies) => new(applies, async context =>
        await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted));

    /// <summary>A few bytes, and then the answer ends as if there were no more.</summary>
    public static StoreMishap EarlyEnd(Func<HttpRequest, bool> applies, long length, string tag) => new(applies, async context =>
    {
        var from = context.Request.GetTypedHeaders().Range!.Ranges.Single().From!.Value;
        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{length - 1}/{length}");
        context.Response.Headers.ETag = tag;
        await context.Response.Body.WriteAsync(new byte[10]);
    });

    /// <summary>The bytes are sent as promised at first, and then the connection breaks.</summary>
    public static StoreMishap Truncation(Func<HttpRequest, bool> applies, long length, string tag) => new(applies, async context =>
    {
        var from = context.Request.GetTypedHeaders().Range!.Ranges.Single().From!.Value;
        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.ContentLength = length - from;
        context.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{length - 1}/{length}");
        context.Response.Headers.ETag = tag;
        await context.Response.Body.WriteAsync(new byte[10]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    });
}
