using Microsoft.Extensions.Options;
using VideoGen.Web.Data;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Storage;

/// <summary>A data folder of one test's own, with its local store.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly TestFolder _folder = new();

    public StoreFolder()
    {
        Data = new DataFolder(Options.Create(new DataOptions { RootPath = _folder.PathOf("data") }));
        Store = new LocalVideoStore(Data);
    }

    public DataFolder Data { get; }

    public LocalVideoStore Store { get; }

    /// <summary>Every file below the store, relative to it.</summary>
    public IReadOnlyList<string> StoredFiles => FilesBelow(Data.Videos);

    /// <summary>Every file in the spool.</summary>
    public IReadOnlyList<string> SpooledFiles => FilesBelow(Data.Spool);

    /// <summary>Writes a file outside of store and spool and returns its full path.</summary>
    public string Write(string name, ReadOnlySpan<byte> content) => _folder.Write(name, content);

    public string PathOf(string name) => _folder.PathOf(name);

    public void Dispose() => _folder.Dispose();

    private static List<string> FilesBelow(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];
}
