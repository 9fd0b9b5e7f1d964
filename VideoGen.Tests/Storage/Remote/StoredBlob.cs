using System.Security.Cryptography;

namespace VideoGen.Tests.Storage.Remote;

/// <summary>An object that a double of a store holds: in a file, because tests measure the memory of the process they run in.</summary>
internal sealed record StoredBlob(string Path, string MediaType, string Tag, string? Sha256)
{
    public DateTimeOffset WrittenAt => new(File.GetLastWriteTimeUtc(Path));

    public long Length => new FileInfo(Path).Length;

    /// <summary>A hash of a file, in lower-case hexadecimal.</summary>
    public static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
