using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace VideoGen.Tests.Prompts;

/// <summary>A chat service on the loopback that speaks the chat completions protocol and keeps what it was asked.</summary>
internal sealed class ChatStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChatStandIn(WebApplication app) => _app = app;

    /// <summary>Where its protocol begins, as the setting wants it.</summary>
    public string Endpoint { get; private set; } = "";

    public ConcurrentQueue<ChatRequest> Requests { get; } = new();

    /// <summary>Completes with the first request.</summary>
    public Task Asked => _asked.Task;

    public Func<HttpContext, Task> Answer { get; set; } = context => SayAsync(context, "A fox.");

    public static async Task<ChatStandIn> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var standIn = new ChatStandIn(app);
        app.Run(standIn.ServeAsync);
        await app.StartAsync();
        standIn.Endpoint = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/openai/v1/";
        return standIn;
    }

    /// <summary>Answers as the service does when all is well.</summary>
    public static Task SayAsync(HttpContext context, string? text, string finish = "stop", string? refusal = null) => context.Response.WriteAsJsonAsync(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_800_000_000,
        model = "gpt-4o-2024-08-06",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text, refusal }, finish_reason = finish } },
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Requests.Enqueue(new ChatRequest(
            context.Request.Path,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.RootElement.Clone()));
        _asked.TrySetResult();
        await Answer(context);
    }
}

internal sealed record ChatRequest(string Path, IReadOnlyDictionary<string, string> Headers, JsonElement Body)
{
    public string Said(int message) => Body.GetProperty("messages")[message].GetProperty("content") is { ValueKind: JsonValueKind.Array } parts
        ? parts[0].GetProperty("text").GetString()!
        : Body.GetProperty("messages")[message].GetProperty("content").GetString()!;
}
