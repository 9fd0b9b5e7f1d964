using Microsoft.AspNetCore.Http.Extensions;
using VideoGen.Simulator.Dialects;
using VideoGen.Simulator.Jobs;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Simulator.Bookkeeping;

/// <summary>Reads the whole request and puts it into the ledger before anybody may answer it; afterwards, what became of it.</summary>
internal sealed class LedgerMiddleware(World world, Dialect dialect)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (dialect.JobAddressed(context) is { } job || world.Files.TryFind(context, out job))
        {
            context.Concern(job);
        }

        if (world.Misbehaviours.TakeResetBeforeRead(dialect.Name, context.Operation(), context.Job()?.Prompt))
        {
            var cut = world.Ledger.Append(Describe(context, RequestBody.None, isWhole: false));
            context.Abort();
            Conclude(context, cut, [nameof(MisbehaviourKind.ResetBeforeRead)], error: null);
            return;
        }

        if (await ReadAsync(context) is { } body)
        {
            context.Features.Set(body);
            var entry = world.Ledger.Append(Describe(context, body, isWhole: true));
            await AnswerAsync(context, entry, next);
        }
    }

    private async Task<RequestBody?> ReadAsync(HttpContext context)
    {
        try
        {
            var body = await RequestBody.ReadAsync(context.Request);
            return body with { Prompt = dialect.PromptIn(body) };
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidDataException)
        {
            var broken = world.Ledger.Append(Describe(context, RequestBody.None, isWhole: false));
            Conclude(context, broken, [], exception.Message);
            context.Abort();
            return null;
        }
    }

    private async Task AnswerAsync(HttpContext context, LedgerEntry entry, RequestDelegate next)
    {
        string? error = null;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            error = "The client went away.";
        }
        catch (Exception exception)
        {
            error = exception.ToString();
            throw;
        }
        finally
        {
            Conclude(context, entry, [.. context.Misbehaviours().Kinds.Select(kind => kind.ToString())], error);
        }
    }

    private LedgerEntry Describe(HttpContext context, RequestBody body, bool isWhole) => new()
    {
        Sequence = 0,
        At = world.Now,
        Dialect = dialect.Name,
        Operation = context.Operation(),
        Method = context.Request.Method,
        Path = context.Request.GetEncodedPathAndQuery(),
        Headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        CredentialHeader = Credential.Of(context.Request)?.Header,
        Body = body.Content,
        Parts = body.Parts,
        Prompt = body.Prompt ?? context.Job()?.Prompt,
        IsWhole = isWhole,
    };

    private void Conclude(HttpContext context, LedgerEntry entry, IReadOnlyList<string> misbehaviours, string? error) =>
        world.Ledger.Conclude(entry.Sequence, context.Response.StatusCode, context.Job()?.Id, misbehaviours, error);
}
