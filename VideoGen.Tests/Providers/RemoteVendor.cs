using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers;

/// <summary>A provider across a network, and how the application registers it.</summary>
/// <param name="Id">The provider's id, and the simulator's name of its dialect.</param>
/// <param name="Section">Its section in the configuration.</param>
/// <param name="Path">The path of its base address.</param>
/// <param name="Add">Its line in the application's setup.</param>
internal sealed record RemoteVendor(string Id, string Section, string Path, Action<WebApplicationBuilder> Add)
{
    /// <summary>Looks like no key, so that only who knows it can cut it out.</summary>
    public const string Key = "canary-51c9e7d2";

    /// <summary>The application's part for this provider, with its key set.</summary>
    /// <param name="host">Where the vendor is.</param>
    /// <param name="clock">For everything that waits.</param>
    /// <param name="log">Gets every line that is logged.</param>
    /// <param name="answer">Answers in the vendor's place when given.</param>
    public WebApplication Build(Uri host, TimeProvider clock, ConcurrentQueue<string> log, Func<HttpRequestMessage, HttpResponseMessage>? answer = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [$"{Section}:ApiKey"] = Key,
            [$"{Section}:BaseAddress"] = new Uri(host, Path).AbsoluteUri,
            ["ResultLinks:AllowPrivateAddresses"] = "true",
        });
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new RecordedLog(log)));
        builder.Services.AddSingleton(clock);
        builder.Services.AddTransport();
        Add(builder);
        if (answer is not null)
        {
            builder.Services.AddHttpClient(Id).ConfigurePrimaryHttpMessageHandler(() => new AnswersAs(answer));
        }

        return builder.Build();
    }

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(json) };

    private sealed class AnswersAs(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }

    private sealed class RecordedLog(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
