using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using VideoGen.Simulator.Dialects;

namespace VideoGen.Simulator.Misbehaving;

/// <summary>The whole answer of a dialect, held back to be sent otherwise than it was meant.</summary>
internal sealed class AlteredAnswer
{
    private const string Page = "<!doctype html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>";
    private const int BombMegabytes = 64;
    private const int LengthTooMuch = 1000;
    private const int HugeHeader = 128 * 1024;

    private static readonly MisbehaviourKind[] Altering =
    [
        MisbehaviourKind.Slow, MisbehaviourKind.AnswerLost, MisbehaviourKind.AnswerTruncated, MisbehaviourKind.AnswerNotJson, MisbehaviourKind.GzipBomb,
        MisbehaviourKind.ExtraFields, MisbehaviourKind.NoIdInAnswer, MisbehaviourKind.DuplicateId, MisbehaviourKind.TruncatedFile,
        MisbehaviourKind.TruncatedVideo, MisbehaviourKind.HtmlAsVideo, MisbehaviourKind.WrongContentLength, MisbehaviourKind.EndlessBody,
        MisbehaviourKind.OneBytePerSecond, MisbehaviourKind.NoContentLength, MisbehaviourKind.EmptyFile, MisbehaviourKind.HugeHeaders,
    ];

    private static readonly TimeSpan SlowByDefault = TimeSpan.FromSeconds(2);

    private byte[] _body;

    private AlteredAnswer(byte[] body) => _body = body;

    public static bool Alters(Taken taken) => taken.Kinds.Intersect(Altering).Any();

    /// <summary>Lets the dialect answer, and keeps the answer.</summary>
    public static async Task<AlteredAnswer> CaptureAsync(HttpContext context, RequestDelegate next)
    {
        var real = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var buffer = new MemoryStream();
        var kept = new StreamResponseBodyFeature(buffer);
        context.Features.Set<IHttpResponseBodyFeature>(kept);
        await next(context);
        await kept.CompleteAsync();
        context.Features.Set(real);
        return new AlteredAnswer(buffer.ToArray());
    }

    public async Task SendAsync(HttpContext context, Dialect dialect, World world)
    {
        if (context.Misbehaviour(MisbehaviourKind.Slow) is { } slow)
        {
            await Task.Delay(slow.Delay ?? SlowByDefault, world.Clock, context.RequestAborted);
        }

        var kinds = context.Misbehaviours().Kinds;
        if (kinds.Contains(MisbehaviourKind.AnswerLost))
        {
            context.Abort();
            return;
        }

        AlterJson(kinds, dialect, world);
        AlterBytes(kinds, context.Response);
        await WriteAsync(kinds, context, world);
    }

    private void AlterJson(IReadOnlyCollection<MisbehaviourKind> kinds, Dialect dialect, World world)
    {
        if (kinds.Contains(MisbehaviourKind.NoIdInAnswer))
        {
            Rewrite(answer => answer.Remove(dialect.IdProperty));
        }

        if (kinds.Contains(MisbehaviourKind.DuplicateId))
        {
            Rewrite(answer => answer[dialect.IdProperty] = world.Jobs.Of(dialect.Name)[0].Id);
        }

        if (kinds.Contains(MisbehaviourKind.ExtraFields))
        {
            Rewrite(answer =>
            {
                answer["surprise"] = "nobody knows this field";
                answer["nested_surprise"] = new JsonObject { ["id"] = 7, ["status"] = new JsonArray(1, null, "two") };
            });
        }
    }

    private void AlterBytes(IReadOnlyCollection<MisbehaviourKind> kinds, HttpResponse response)
    {
        if (kinds.Contains(MisbehaviourKind.AnswerNotJson) || kinds.Contains(MisbehaviourKind.HtmlAsVideo))
        {
            _body = System.Text.Encoding.UTF8.GetBytes(Page);
            response.StatusCode = StatusCodes.Status200OK;
            response.ContentType = kinds.Contains(MisbehaviourKind.HtmlAsVideo) ? "video/mp4" : "text/html";
        }

        if (kinds.Contains(MisbehaviourKind.AnswerTruncated) || kinds.Contains(MisbehaviourKind.TruncatedVideo))
        {
            _body = _body[..(_body.Length / 2)];
        }

        if (kinds.Contains(MisbehaviourKind.EmptyFile))
        {
            _body = [];
        }

        if (kinds.Contains(MisbehaviourKind.HugeHeaders))
        {
            response.Headers["x-padding"] = new string('x', HugeHeader);
        }

        if (kinds.Contains(MisbehaviourKind.GzipBomb))
        {
            _body = Bomb();
            response.ContentType = "application/json";
            response.Headers.ContentEncoding = "gzip";
        }
    }

    // Kestrel ends the connection by itself when less was written than was announced.
    private async Task WriteAsync(IReadOnlyCollection<MisbehaviourKind> kinds, HttpContext context, World world)
    {
        var response = context.Response;
        var stop = context.RequestAborted;
        response.ContentLength = kinds.Contains(MisbehaviourKind.EndlessBody) || kinds.Contains(MisbehaviourKind.NoContentLength) ? null
            : kinds.Contains(MisbehaviourKind.WrongContentLength) ? _body.Length + LengthTooMuch
            : _body.Length;
        if (kinds.Contains(MisbehaviourKind.TruncatedFile))
        {
            await response.Body.WriteAsync(_body.AsMemory(0, _body.Length / 2), stop);
            return;
        }

        if (kinds.Contains(MisbehaviourKind.OneBytePerSecond))
        {
            await DripAsync(response, world.Clock, stop);
            return;
        }

        await response.Body.WriteAsync(_body, stop);
        var zeros = new byte[64 * 1024];
        while (kinds.Contains(MisbehaviourKind.EndlessBody) && !stop.IsCancellationRequested)
        {
            await response.Body.WriteAsync(zeros, stop);
        }
    }

    private async Task DripAsync(HttpResponse response, TimeProvider clock, CancellationToken stop)
    {
        for (var at = 0; at < _body.Length; at++)
        {
            await response.Body.WriteAsync(_body.AsMemory(at, 1), stop);
            await response.Body.FlushAsync(stop);
            await Task.Delay(TimeSpan.FromSeconds(1), clock, stop);
        }
    }

    private void Rewrite(Action<JsonObject> change)
    {
        if (TryParse(_body) is { } answer)
        {
            change(answer);
            _body = JsonSerializer.SerializeToUtf8Bytes(answer);
        }
    }

    private static JsonObject? TryParse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("{\"id\":\"bomb\",\"padding\":\""u8);
            var spaces = new byte[1024 * 1024];
            Array.Fill(spaces, (byte)' ');
            for (var written = 0; written < BombMegabytes; written++)
            {
                gzip.Write(spaces);
            }

            gzip.Write("\"}"u8);
        }

        return packed.ToArray();
    }
}
