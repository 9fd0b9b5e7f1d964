using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Simulator.Bookkeeping;

/// <summary>
/// Every request that ever arrived, in a file of JSON lines: one with the request, on disk before anything is answered, and one with
/// the outcome afterwards. What is not in here was not asked.
/// </summary>
internal sealed class Ledger : IDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Lock _lock = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly FileStream _file;
    private readonly TimeProvider _clock;
    private readonly bool _isTemporary;

    /// <param name="path">A file that is made or continued; a temporary one when null.</param>
    /// <param name="clock">For the times of outcomes.</param>
    public Ledger(string? path, TimeProvider clock)
    {
        _isTemporary = path is null;
        _clock = clock;
        Path = path ?? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"videogen-ledger-{Guid.NewGuid():n}.jsonl");
        _entries.AddRange(Read(Path));
        _file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        EndTornLine();
    }

    public string Path { get; }

    /// <summary>The entries of a ledger that may still be written to, or that nobody finished writing.</summary>
    public static IReadOnlyList<LedgerEntry> Read(string path)
    {
        var entries = new SortedDictionary<int, LedgerEntry>();
        foreach (var line in LinesOf(path))
        {
            if (line.Request is { } request)
            {
                entries[request.Sequence] = request;
            }
            else if (line is { OutcomeOf: { } sequence, Outcome: { } outcome })
            {
                entries[sequence] = entries[sequence] with { Outcome = outcome };
            }
        }

        return [.. entries.Values];
    }

    /// <summary>What has arrived so far; all dialects and operations when null.</summary>
    public IReadOnlyList<LedgerEntry> Entries(string? dialect = null, Operation? operation = null)
    {
        lock (_lock)
        {
            return _entries.FindAll(entry =>
                (dialect is null || string.Equals(entry.Dialect, dialect, StringComparison.Ordinal)) && (operation is null || entry.Operation == operation));
        }
    }

    public int Count(string? dialect = null, Operation? operation = null) => Entries(dialect, operation).Count;

    /// <summary>How many whole requests for a video arrived, by prompt: more than 1 may have been paid for twice.</summary>
    public IReadOnlyDictionary<string, int> CreatesByPrompt(string? dialect = null) => Entries(dialect, Operation.Create)
        .Where(entry => entry is { IsWhole: true, Prompt: not null })
        .CountBy(entry => entry.Prompt!, StringComparer.Ordinal)
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Puts a request on disk.</summary>
    /// <param name="entry">Its sequence is given here.</param>
    /// <returns>The entry with its sequence.</returns>
    public LedgerEntry Append(LedgerEntry entry)
    {
        lock (_lock)
        {
            var numbered = entry with { Sequence = _entries.Count + 1 };
            Write(new Line { Request = numbered }, toDisk: true);
            _entries.Add(numbered);
            return numbered;
        }
    }

    /// <summary>Adds what became of a request.</summary>
    public void Conclude(int sequence, int status, string? jobId, IReadOnlyList<string> misbehaviours, string? error)
    {
        lock (_lock)
        {
            var outcome = new LedgerOutcome(_clock.GetUtcNow(), status, jobId, misbehaviours, error);
            Write(new Line { OutcomeOf = sequence, Outcome = outcome }, toDisk: false);
            _entries[sequence - 1] = _entries[sequence - 1] with { Outcome = outcome };
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        if (_isTemporary)
        {
            File.Delete(Path);
        }
    }

    private static IEnumerable<Line> LinesOf(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.UTF8);
        while (reader.ReadLine() is { } text)
        {
            if (Parse(text) is { } line)
            {
                yield return line;
            }
        }
    }

    // The last line of a process that was killed may be torn.
    private static Line? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonSerializer.Deserialize<Line>(text, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Without this the first line of this run would be torn as well.
    private void EndTornLine()
    {
        if (_file.Length > 0)
        {
            _file.WriteByte((byte)'\n');
        }
    }

    private void Write(Line line, bool toDisk)
    {
        _file.Write(JsonSerializer.SerializeToUtf8Bytes(line, Json));
        _file.WriteByte((byte)'\n');
        _file.Flush(toDisk);
    }

    private sealed record Line
    {
        public LedgerEntry? Request { get; init; }

        public int? OutcomeOf { get; init; }

        public LedgerOutcome? Outcome { get; init; }
    }
}
