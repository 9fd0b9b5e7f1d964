using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using VideoGen.Simulator.Jobs;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Simulator.Hooks;

/// <summary>
/// Tells the other side that a job has ended, once and without a second try: signed as Standard Webhooks say, and as the request that
/// made the job has to misbehave.
/// </summary>
internal sealed class Webhooks(TimeProvider clock) : IAsyncDisposable
{
    private const string AnotherSecret = "whsec_bm90IHRoZSBzZWNyZXQgb2YgdGhpcyBlbmRwb2ludA==";

    private static readonly TimeSpan LateByDefault = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, WebhookTarget> _subscriptions = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<WebhookDelivery> _deliveries = [];
    private readonly ConcurrentBag<Task> _underWay = [];
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });

    /// <summary>What was sent, in the order of the answers.</summary>
    public IReadOnlyCollection<WebhookDelivery> Deliveries => _deliveries;

    /// <summary>Sets the one receiver of a dialect whose vendor has webhooks per project and not per request.</summary>
    public void Subscribe(string dialect, Uri url, string? secret) => _subscriptions[dialect] = new WebhookTarget(url, secret);

    public WebhookTarget? SubscriptionOf(string dialect) => _subscriptions.GetValueOrDefault(dialect);

    /// <summary>Sends a webhook when a job comes to its end, if it does.</summary>
    /// <param name="context">The request that made the job.</param>
    /// <param name="job">The job.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="payload">Makes the body from the id of the webhook and the job.</param>
    public void AnnounceEnd(HttpContext context, SimulatedJob job, WebhookTarget target, Func<string, JobView, JsonObject> payload)
    {
        var early = context.Misbehaviour(MisbehaviourKind.WebhookEarly) is not null;
        var lateness = context.Misbehaviour(MisbehaviourKind.WebhookLate) is { } late ? late.Delay ?? LateByDefault : TimeSpan.Zero;
        var plan = new Plan(
            early ? TimeSpan.Zero : job.GenerationTime + lateness,
            OnlyWhenEnded: !early,
            context.Misbehaviour(MisbehaviourKind.WebhookTwice) is null ? 1 : 2,
            context.Misbehaviour(MisbehaviourKind.WebhookForged) is null ? target : target with { Secret = AnotherSecret });
        _underWay.Add(CarryOutAsync(plan, job, payload));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_underWay);
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task CarryOutAsync(Plan plan, SimulatedJob job, Func<string, JobView, JsonObject> payload)
    {
        try
        {
            await Task.Delay(plan.After, clock, _stop.Token);

            // A timer may fire a moment before the clock says so.
            var now = clock.GetUtcNow();
            var view = job.Look(plan.OnlyWhenEnded && now < job.DueAt ? job.DueAt : now);
            if (plan.OnlyWhenEnded && !view.HasEnded)
            {
                return;
            }

            var id = $"evt_{Guid.NewGuid():n}";
            var body = payload(id, view).ToJsonString();
            for (var sent = 0; sent < plan.Times; sent++)
            {
                await SendAsync(plan.Target, id, body);
            }
        }
        catch (OperationCanceledException)
        {
            // The simulator goes away before the webhook was due.
        }
    }

    private async Task SendAsync(WebhookTarget target, string id, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Url);
        request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        if (target.Secret is { } secret)
        {
            StandardWebhook.Sign(request.Headers, secret, id, clock.GetUtcNow(), body);
        }

        try
        {
            using var response = await _client.SendAsync(request, _stop.Token);
            _deliveries.Enqueue(new WebhookDelivery(id, target.Url, (int)response.StatusCode));
        }
        catch (HttpRequestException)
        {
            _deliveries.Enqueue(new WebhookDelivery(id, target.Url, Status: null));
        }
    }

    private sealed record Plan(TimeSpan After, bool OnlyWhenEnded, int Times, WebhookTarget Target);
}

/// <summary>Who is told.</summary>
/// <param name="Url">Where it is posted.</param>
/// <param name="Secret">With "whsec_" before it or not; nothing is signed when null.</param>
internal sealed record WebhookTarget(Uri Url, string? Secret);

/// <summary>A webhook that was sent.</summary>
/// <param name="Id">The id of the event, also in the header.</param>
/// <param name="Url">Where it went.</param>
/// <param name="Status">What the other side answered; null when it could not be reached.</param>
internal sealed record WebhookDelivery(string Id, Uri Url, int? Status);
