using System.Security.Cryptography;
using System.Text.Json;

namespace VideoGen.Tests.Crash;

/// <summary>What lies in the rooms of the data folder, and what was seen there under a final name after each kill.</summary>
internal sealed class CrashTraces(CrashStudio studio)
{
    private readonly Dictionary<string, HashSet<string>> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _torn = [];

    /// <summary>Files of the spool that had their names and were not whole.</summary>
    public IReadOnlyList<string> Torn => _torn;

    /// <summary>The hashes with which a file was seen; its name begins with its room.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> Seen => _seen;

    public string PathOf(string room, string name) => Path.Combine(studio.DataRoot, room, name);

    /// <summary>The names of all files in a room, relative to it.</summary>
    public IReadOnlySet<string> FilesIn(string room)
    {
        var root = Path.Combine(studio.DataRoot, room);
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>(StringComparer.Ordinal);
    }

    /// <summary>Whatever is neither stored nor needed once all jobs have ended.</summary>
    public IReadOnlyList<string> LeftOvers() => [.. FilesIn("spool"), .. FilesIn("renders"), .. FilesIn("store").Where(IsTemporary)];

    /// <summary>Remembers what is there. Only while no server runs.</summary>
    public void Take()
    {
        foreach (var name in FilesIn("store").Where(name => !IsTemporary(name)))
        {
            See($"store/{name}", PathOf("store", name));
        }

        foreach (var name in FilesIn("spool"))
        {
            TakeFromSpool(name, PathOf("spool", name));
        }
    }

    public static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static bool IsTemporary(string name) => name.EndsWith(".tmp", StringComparison.Ordinal);

    private void See(string name, string path)
    {
        if (!_seen.TryGetValue(name, out var hashes))
        {
            _seen.Add(name, hashes = new HashSet<string>(StringComparer.Ordinal));
        }

        hashes.Add(HashOf(path));
    }

    private void TakeFromSpool(string name, string path)
    {
        switch (Path.GetExtension(name))
        {
            case ".ready":
                See($"spool/{name}", path);
                break;
            case ".json" when !IsJson(path):
            case ".jpg" when new FileInfo(path).Length == 0:
                _torn.Add(name);
                break;
        }
    }

    private static bool IsJson(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
