using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace VideoGen.Tests.Providers;

/// <summary>A host on loopback that answers as the test says, for shapes that the simulator does not speak; and keeps what arrived.</summary>
internal sealed class ScriptedHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Says what is answered to each request.</summary>
    public Func<HttpRequest, IResult> Answer { get; set; } = static _ => Results.NotFound();

    /// <summary>What arrived, in order.</summary>
    public ConcurrentQueue<Arrival> Arrivals { get; } = new();

    public static async Task<ScriptedHost> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddLogging();
        var app = builder.Build();
        var host = new ScriptedHost(app);
        app.Run(host.AnswerAsync);
        await app.StartAsync();
        return host;
    }

    /// <summary>Answers every request with this JSON.</summary>
    public void AnswerAlways(string json, int status = StatusCodes.Status200OK) =>
        Answer = _ => Results.Text(json, "application/json", statusCode: status);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Arrivals.Enqueue(new Arrival(context.Request.Method, target, headers));
        await Answer(context.Request).ExecuteAsync(context);
    }
}

/// <summary>A request that arrived.</summary>
/// <param name="Target">Path and query, spelt as on the wire.</param>
internal sealed record Arrival(string Method, string Target, IReadOnlyDictionary<string, string> Headers);
