using System.Globalization;
using Microsoft.Net.Http.Headers;
using VideoGen.Simulator.Bookkeeping;
using VideoGen.Simulator.Dialects;
using VideoGen.Simulator.Jobs;
using VideoGen.Simulator.Media;

namespace VideoGen.Simulator.Misbehaving;

/// <summary>Carries out what a request meets, as far as it needs no knowledge of the dialect: before, in the place of, and after the answer.</summary>
internal sealed class MisbehaviourMiddleware(World world, Dialect dialect)
{
    private static readonly (MisbehaviourKind Kind, RefusalReason Reason)[] Refusals =
    [
        (MisbehaviourKind.RateLimited, RefusalReason.RateLimited),
        (MisbehaviourKind.ServerError, RefusalReason.ServerError),
        (MisbehaviourKind.Unavailable, RefusalReason.Unavailable),
        (MisbehaviourKind.Unauthorized, RefusalReason.Unauthorized),
        (MisbehaviourKind.QuotaExceeded, RefusalReason.QuotaExceeded),
        (MisbehaviourKind.JobLost, RefusalReason.NotFound),
        (MisbehaviourKind.ResultNotReady, RefusalReason.NotReady),
    ];

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var operation = context.Operation();
        var job = context.Job();
        var prompt = context.RequestBody().Prompt ?? job?.Prompt;
        context.Features.Set(world.Misbehaviours.Take(dialect.Name, operation, job, prompt));

        if (context.Misbehaviour(MisbehaviourKind.RangeIgnored) is not null)
        {
            context.Request.Headers.Remove(HeaderNames.Range);
        }

        if (context.Misbehaviour(MisbehaviourKind.ResetAfterRead) is not null)
        {
            context.Abort();
        }
        else if (RefusalOf(context, operation) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
        }
        else if (!AlteredAnswer.Alters(context.Misbehaviours()))
        {
            await next(context);
        }
        else
        {
            var answer = await AlteredAnswer.CaptureAsync(context, next);
            await answer.SendAsync(context, dialect, world);
        }
    }

    private IResult? RefusalOf(HttpContext context, Operation operation)
    {
        foreach (var (kind, reason) in Refusals)
        {
            if (context.Misbehaviour(kind) is { } rule && !IsOver(rule, context.Job()))
            {
                SetRetryAfter(context.Response, rule.RetryAfter);
                return dialect.Refuse(new Refusal(reason));
            }
        }

        if (operation is Operation.Create or Operation.Remix && context.Misbehaviour(MisbehaviourKind.Moderated) is not null)
        {
            return dialect.Refuse(new Refusal(RefusalReason.Moderated));
        }

        if (context.Misbehaviour(MisbehaviourKind.LinkExpired) is not null && SignedFileEndpoint.IsAsked(context) && context.Job() is { } job)
        {
            world.Files.ExpireLinksOf(job);
            return null;
        }

        return context.Misbehaviour(MisbehaviourKind.Redirected) is not null && !SignedFileEndpoint.IsAsked(context) && context.Job() is { } elsewhere
            ? Results.Redirect(world.Files.LinkOn(world.FilesAddress!, elsewhere).AbsoluteUri)
            : null;
    }

    private bool IsOver(MisbehaviourRule rule, SimulatedJob? job) =>
        rule is { Kind: MisbehaviourKind.ResultNotReady, Delay: { } delay } && job is not null && world.Now >= job.DueAt + delay;

    private void SetRetryAfter(HttpResponse response, RetryAfter retryAfter)
    {
        var value = retryAfter switch
        {
            RetryAfter.None => null,
            RetryAfter.Seconds => "2",
            RetryAfter.Date => (world.Now + TimeSpan.FromSeconds(5)).ToString("R", CultureInfo.InvariantCulture),
            RetryAfter.Garbage => "in a while",
            RetryAfter.Year => "31536000",
        };
        if (value is not null)
        {
            response.Headers.RetryAfter = value;
        }
    }
}
