using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Simulator;
using VideoGen.Simulator.Hooks;
using VideoGen.Simulator.Misbehaving;

namespace VideoGen.Tests.SimulatorTests;

public sealed class WebhooksTests
{
    private const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    [Fact]
    public void Signature_OfAKnownWebhook_IsTheOneThatOpenAIsClientAccepts()
    {
        const string Body = """{"id":"evt_abc123","object":"event","created_at":1758941485,"type":"video.completed","data":{"id":"video_abc123"}}""";

        var signature = StandardWebhook.SignatureOf(Secret, "evt_abc123", DateTimeOffset.FromUnixTimeSeconds(1758941485), Body);

        Assert.Equal("v1,/NrW6G9wk8gO/njr5CmKOXNG+rukM32dDLO9+FpCcmI=", signature);
    }

    [Fact]
    public async Task End_OfAJob_IsAnnouncedSigned()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var run = await SimulatorRun.StartAsync();
        run.Simulator.Webhooks.Subscribe("openai", receiver.Address, Secret);

        var id = await run.CreateAsync();
        await run.Clock.UntilTimersAsync(1);
        Assert.Empty(receiver.Received);
        run.Clock.Advance(SimulatorRun.GenerationTime);
        await receiver.HasAsync(1);

        var webhook = Assert.Single(receiver.Received);
        Assert.Equal(run.Clock.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), webhook.Timestamp);
        Assert.Equal(StandardWebhook.SignatureOf(Secret, webhook.Id, run.Clock.Now, webhook.Body), webhook.Signature);
        var body = JsonNode.Parse(webhook.Body)!;
        Assert.Equal((webhook.Id, "video.completed", id), ((string)body["id"]!, (string)body["type"]!, (string)body["data"]!["id"]!));
    }

    [Fact]
    public async Task WebhookEarly_Job_IsAnnouncedBeforeItEnds()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var run = await SimulatorRun.StartAsync();
        run.Simulator.Webhooks.Subscribe("openai", receiver.Address, Secret);
        run.Misbehave(Operation.Create, MisbehaviourKind.WebhookEarly);

        var id = await run.CreateAsync();
        await receiver.HasAsync(1);

        Assert.Equal("queued", (await run.CheckAsync(id))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task WebhookLate_Job_IsAnnouncedAfterItsDelay()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var run = await SimulatorRun.StartAsync();
        run.Simulator.Webhooks.Subscribe("openai", receiver.Address, Secret);
        run.Simulator.Misbehave(new MisbehaviourRule { Kind = MisbehaviourKind.WebhookLate, Delay = TimeSpan.FromMinutes(5) });

        await run.CreateFinishedAsync();
        await run.Clock.UntilTimersAsync(1);
        Assert.Empty(receiver.Received);
        run.Clock.Advance(TimeSpan.FromMinutes(5));

        await receiver.HasAsync(1);
    }

    [Fact]
    public async Task WebhookTwice_Job_IsAnnouncedUnderOneId()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var run = await SimulatorRun.StartAsync();
        run.Simulator.Webhooks.Subscribe("openai", receiver.Address, Secret);
        run.Misbehave(Operation.Create, MisbehaviourKind.WebhookTwice);

        await run.CreateFinishedAsync();
        await receiver.HasAsync(2);

        Assert.Single(receiver.Received.Select(webhook => webhook.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WebhookForged_Job_IsAnnouncedUnderAnotherSecret()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var run = await SimulatorRun.StartAsync();
        run.Simulator.Webhooks.Subscribe("openai", receiver.Address, Secret);
        run.Misbehave(Operation.Create, MisbehaviourKind.WebhookForged);

        await run.CreateFinishedAsync();
        await receiver.HasAsync(1);

        var webhook = Assert.Single(receiver.Received);
        Assert.StartsWith("v1,", webhook.Signature, StringComparison.Ordinal);
        Assert.NotEqual(StandardWebhook.SignatureOf(Secret, webhook.Id, run.Clock.Now, webhook.Body), webhook.Signature, StringComparer.Ordinal);
    }

    [Fact]
    public async Task End_OfAStalledJob_IsNeverAnnounced()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var run = await SimulatorRun.StartAsync();
        run.Simulator.Webhooks.Subscribe("openai", receiver.Address, Secret);
        run.Misbehave(Operation.Create, MisbehaviourKind.Stall);
        await run.CreateAsync("stalled");
        var second = await run.CreateAsync("honest");
        await run.Clock.UntilTimersAsync(2);

        run.Clock.Advance(SimulatorRun.GenerationTime);
        await receiver.HasAsync(1);

        Assert.Equal(second, (string)JsonNode.Parse(Assert.Single(receiver.Received).Body)!["data"]!["id"]!);
    }

    private sealed record Webhook(string Id, string Timestamp, string Signature, string Body);

    private sealed class Receiver(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<Webhook> _received = [];

        public IReadOnlyCollection<Webhook> Received => _received;

        public Uri Address => new(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()), "/hook");

        public static async Task<Receiver> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "VideoGen.Tests" });
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var receiver = new Receiver(app);
            app.Run(receiver.TakeAsync);
            await app.StartAsync();
            return receiver;
        }

        public Task HasAsync(int count) => Eventually.HoldsAsync(() => _received.Count >= count);

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task TakeAsync(HttpContext context)
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            _received.Enqueue(new Webhook(
                headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(), await reader.ReadToEndAsync()));
        }
    }
}
