using System.Diagnostics.Metrics;

namespace VideoGen.Web.Repair;

/// <summary>
/// What an alarm is hung on: how many findings are open, by kind, as the last pass left them, and how many were mended. Nothing is told
/// of open ones before this process has seen a pass, so that a restart does not look like a recovery.
/// </summary>
internal sealed class RepairMeter
{
    public const string MeterName = "VideoGen";
    public const string OpenName = "videogen.repair.findings";
    public const string MendedName = "videogen.repair.mended";
    public const string KindTag = "kind";

    private readonly Counter<long> _mended;
    private IReadOnlyDictionary<RepairKind, int>? _open;

    public RepairMeter(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(OpenName, Read, unit: "{finding}", description: "Open findings of the repair.");
        _mended = meter.CreateCounter<long>(MendedName, unit: "{finding}", description: "Findings that the repair has mended.");
    }

    public void Show(IReadOnlyDictionary<RepairKind, int> open) => Volatile.Write(ref _open, open);

    public void CountMended(RepairKind kind) => _mended.Add(1, TagOf(kind));

    private IEnumerable<Measurement<int>> Read() => Volatile.Read(ref _open) is { } open
        ? Enum.GetValues<RepairKind>().Select(kind => new Measurement<int>(open.GetValueOrDefault(kind), TagOf(kind)))
        : [];

    private static KeyValuePair<string, object?> TagOf(RepairKind kind) => new(KindTag, kind.ToString());
}
