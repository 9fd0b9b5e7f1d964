using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using VideoGen.Web.Repair;

namespace VideoGen.Tests.Repair;

/// <summary>Listens to the meter of one studio, as a collector of metrics does.</summary>
internal sealed class RepairMeterListener : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, string Kind, int Count)> _read = new();
    private readonly ConcurrentQueue<(string Kind, long Count)> _mended = new();

    public RepairMeterListener(IMeterFactory studio)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, RepairMeter.MeterName, StringComparison.Ordinal) && ReferenceEquals(instrument.Meter.Scope, studio))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, count, tags, _) => _read.Enqueue((instrument.Name, KindOf(tags), count)));
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) => _mended.Enqueue((KindOf(tags), count)));
        _listener.Start();
    }

    public IReadOnlyList<(string Kind, long Count)> Mended => [.. _mended];

    /// <summary>What the gauge says now, by kind.</summary>
    public IReadOnlyDictionary<string, int> ReadOpen()
    {
        _read.Clear();
        _listener.RecordObservableInstruments();
        return _read.Where(entry => string.Equals(entry.Name, RepairMeter.OpenName, StringComparison.Ordinal)).ToDictionary(entry => entry.Kind, entry => entry.Count, StringComparer.Ordinal);
    }

    public void Dispose() => _listener.Dispose();

    private static string KindOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Assert.Equal(RepairMeter.KindTag, tags[0].Key);
        return Assert.IsType<string>(tags[0].Value);
    }
}
