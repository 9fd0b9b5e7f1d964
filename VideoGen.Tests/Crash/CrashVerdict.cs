using System.Globalization;

namespace VideoGen.Tests.Crash;

/// <summary>Something that must not be.</summary>
internal enum CrashFault
{
    /// <summary>A job, or what its provider made for it, is gone.</summary>
    Lost,

    /// <summary>More was asked of a provider than the attempts allow.</summary>
    DuplicateSubmission,

    /// <summary>A provider's job, or a file, that no row tells of.</summary>
    Orphan,

    /// <summary>A job that does not end, or a point that is not reached.</summary>
    Stuck,

    /// <summary>A file that is not whole under its final name, or something half done that stays.</summary>
    PartialFile,

    /// <summary>A completed job without its rows, or a row without its files.</summary>
    MissingRow,

    /// <summary>A history that does not tell how the job came to where it is.</summary>
    BrokenHistory,
}

/// <summary>What was found in one or more runs.</summary>
internal sealed class CrashVerdict
{
    private readonly List<(CrashFault Fault, string What)> _faults = [];

    public int Runs { get; set; }

    public int Jobs { get; set; }

    public int Kills { get; set; }

    /// <summary>Jobs that rightly waited for a person.</summary>
    public int Unconfirmed { get; set; }

    /// <summary>How long the slowest server took to end when it was told to; <see langword="null"/> when none was.</summary>
    public TimeSpan? SlowestStop { get; private set; }

    public bool IsGood => _faults.Count == 0;

    public IEnumerable<string> Faults => _faults.Select(fault => $"{fault.Fault}: {fault.What}");

    public void Add(CrashFault fault, string what) => _faults.Add((fault, what));

    public void StoppedAfter(TimeSpan time) => SlowestStop = SlowestStop > time ? SlowestStop : time;

    public void Add(CrashVerdict other)
    {
        if (other.SlowestStop is { } slowest)
        {
            StoppedAfter(slowest);
        }

        _faults.AddRange(other._faults);
        Runs += other.Runs;
        Jobs += other.Jobs;
        Kills += other.Kills;
        Unconfirmed += other.Unconfirmed;
    }

    /// <summary>The line of a campaign.</summary>
    public string ToLine(int seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"runs={Runs} lost={Count(CrashFault.Lost)} duplicate_submissions={Count(CrashFault.DuplicateSubmission)} orphans={Count(CrashFault.Orphan)} stuck={Count(CrashFault.Stuck)} partial_files={Count(CrashFault.PartialFile)} missing_rows={Count(CrashFault.MissingRow)} seed={seed} broken_histories={Count(CrashFault.BrokenHistory)} unconfirmed={Unconfirmed} jobs={Jobs} kills={Kills}{(SlowestStop is { } slowest ? $" slowest_stop={slowest.TotalSeconds:0.0}s" : "")}");

    private int Count(CrashFault fault) => _faults.Count(found => found.Fault == fault);
}
