using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VideoGen.Domain.Providers;
using VideoGen.Web.Providers.AzureSora;
using VideoGen.Web.Providers.OpenAi;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers;

/// <summary>Providers across a network as the application registers them, with the settings and the clock of a test.</summary>
internal sealed class RemoteProviders : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RecordedLog _log = new();

    public RemoteProviders(TimeProvider clock, params IEnumerable<(string Key, string? Value)> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());

        // It never listens; an application cannot be built without one.
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create("ResultLinks:AllowPrivateAddresses", (string?)"true"), .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))]);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        builder.Services.AddSingleton(clock);
        builder.Services.AddTransport();
        builder.AddOpenAiDialect();
        builder.AddAzureSora();
        _app = builder.Build();
    }

    public IReadOnlyList<string> Ids => [.. _app.Services.GetServices<IVideoProvider>().Select(provider => provider.Id)];

    /// <summary>The settings that are missing for further ones.</summary>
    public IReadOnlyList<MissingKey> Missing => [.. _app.Services.GetServices<MissingKey>()];

    /// <summary>Everything that was logged.</summary>
    public IReadOnlyCollection<string> Log => _log.Messages;

    public IVideoProvider this[string id] =>
        _app.Services.GetServices<IVideoProvider>().Single(provider => string.Equals(provider.Id, id, StringComparison.Ordinal));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class RecordedLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
