using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace VideoGen.Tests;

/// <summary>Keeps all that is logged, with the errors it came from.</summary>
internal sealed class RecordedLog<T> : ILogger<T>
{
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>What somebody has to act on at once.</summary>
    public ConcurrentQueue<string> Alerts { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{formatter(state, exception)} {exception}";
        Lines.Enqueue(line);
        if (logLevel is LogLevel.Critical)
        {
            Alerts.Enqueue(line);
        }
    }
}
