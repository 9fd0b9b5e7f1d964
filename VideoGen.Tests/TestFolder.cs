namespace VideoGen.Tests;

/// <summary>A folder of one test's own, removed with everything in it on disposal.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("videogen-test-").FullName;

    /// <summary>The full path of a name in the folder; nothing is made.</summary>
    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Writes a file and returns its full path.</summary>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
