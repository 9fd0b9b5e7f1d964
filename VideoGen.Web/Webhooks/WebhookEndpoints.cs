using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Web.Webhooks;

/// <summary>
/// Where providers say that something happened to a job. All that it ever does is to make the engine look: what a message says
/// about a job's state is not even read, so a forged, early, late or repeated one changes nothing.
/// </summary>
internal sealed partial class WebhookEndpoints(
    IEnumerable<ProviderCallback> callbacks,
    CallbackAddresses addresses,
    LookAtOnceCommand look,
    TimeProvider clock,
    ILogger<WebhookEndpoints> logger)
{
    // A job's callbacks that come this close together are one: the address can be called by whoever has seen it, as often as they like.
    private static readonly TimeSpan HintPause = TimeSpan.FromSeconds(1);

    private readonly FrozenDictionary<string, ProviderCallback> _callbacks = callbacks.ToFrozenDictionary(callback => callback.ProviderId, StringComparer.Ordinal);

    // A message from a clock that is ahead of ours stays valid for the tolerance twice.
    private readonly RecentKeys _deliveries = new(StandardWebhook.Tolerance * 2, clock);
    private readonly RecentKeys _hints = new(HintPause, clock);
    private readonly RecentKeys _refusals = new(StandardWebhook.Tolerance, clock);

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Programs call these: no page explains their answers, and no cookie is looked at.
        var webhooks = routes.MapGroup("").AllowAnonymous().DisableAntiforgery()
            .RequireRateLimiting(WebhooksSetup.RateLimit)
            .WithMetadata(new SkipStatusCodePagesAttribute());
        webhooks.MapPost("/webhooks/{provider}", (string provider, HttpContext context, WebhookEndpoints endpoints) =>
            endpoints.TakeMessageAsync(provider, context));
        webhooks.MapPost($"/{CallbackAddresses.Folder}/{{provider}}/{{token}}/{{submitKey}}",
            (string provider, string token, string submitKey, HttpContext context, WebhookEndpoints endpoints) =>
                endpoints.TakeHintAsync(provider, token, submitKey, context));
    }

    /// <summary>A message that is signed as Standard Webhooks and names a job of the provider's.</summary>
    private async Task<IResult> TakeMessageAsync(string providerId, HttpContext context)
    {
        if (_callbacks.GetValueOrDefault(providerId) is not { } callback)
        {
            return Results.NotFound();
        }

        if (await WebhookBody.ReadAsync(context.Request, context.RequestAborted) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        if (!StandardWebhook.IsAuthentic(context.Request.Headers, body, callback.Keys, clock.GetUtcNow()))
        {
            NoteRefusal(providerId);
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        if (callback.JobIdOf(BoundedJson.Parse(Encoding.UTF8.GetString(body))) is { } providerJobId)
        {
            await LookOnceAsync(callback, context.Request.Headers[StandardWebhook.IdHeader].ToString(), providerJobId, context.RequestAborted);
        }

        return Results.NoContent();
    }

    private async Task LookOnceAsync(ProviderCallback callback, string messageId, string providerJobId, CancellationToken cancellationToken)
    {
        var delivery = $"{callback.ProviderId} {messageId}";
        if (!_deliveries.TryAdd(delivery))
        {
            return;
        }

        try
        {
            await look.ExecuteAsync(callback.ProviderId, job => job.ProviderJobId == providerJobId, cancellationToken);
        }
        catch
        {
            // The provider is told that it failed and sends it again, which must then count.
            _deliveries.Remove(delivery);
            throw;
        }
    }

    /// <summary>A call to an address of <see cref="CallbackAddresses"/>. What it brings along is not read.</summary>
    private async Task<IResult> TakeHintAsync(string providerId, string token, string submitKey, HttpContext context)
    {
        if (!addresses.IsOurs(providerId, token, submitKey))
        {
            return Results.NotFound();
        }

        await WebhookBody.IgnoreAsync(context.Request, context.RequestAborted);
        if (_hints.TryAdd(submitKey))
        {
            await look.ExecuteAsync(providerId, job => job.Attempts.Any(attempt => attempt.SubmitKey == submitKey), context.RequestAborted);
        }

        // Not 204 as above: Luma takes every answer but 200 for a failure and calls again.
        return Results.Ok();
    }

    // Said once in a while: anybody can send forged messages and fill the log.
    private void NoteRefusal(string providerId)
    {
        if (_refusals.TryAdd(providerId))
        {
            LogRefused(providerId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A webhook for {ProviderId} was refused: it is not signed with the secret that is set here, or its time is far from ours")]
    private partial void LogRefused(string providerId);
}
