using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace VideoGen.Tests;

/// <summary>Lets a test wait until something has been logged as an error, and act at that moment.</summary>
internal sealed class AnnouncedErrors : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _said = new();

    /// <summary>Called with each error, on the thread that logs it.</summary>
    public Action<string>? OnError { get; set; }

    public IReadOnlyCollection<string> Said => _said;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            var line = formatter(state, exception);
            _said.Enqueue(line);
            OnError?.Invoke(line);
        }
    }

    /// <summary>Waits until this was said so often.</summary>
    public Task SaidAsync(string beginning, int times) =>
        Eventually.HoldsAsync(() => _said.Count(line => line.StartsWith(beginning, StringComparison.Ordinal)) >= times);

    public void Dispose()
    {
        // Nothing is held.
    }
}
