using System.Security.Cryptography;

namespace VideoGen.Web.Providers.Transport;

/// <summary>What makes callback addresses unguessable: random bytes in a file, the same after every start.</summary>
/// <param name="folder">Where the file is; asked for at the first use.</param>
internal sealed class CallbackKey(Func<string> folder)
{
    private const int Length = 32;

    // Made at the first use: a server that is never called back needs none.
    private readonly Lazy<byte[]> _bytes = new(() => ReadOrMake(Path.Combine(folder(), "callbacks.key")));

    public ReadOnlySpan<byte> Bytes => _bytes.Value;

    private static byte[] ReadOrMake(string path)
    {
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: Length } known)
        {
            return known;
        }

        // Renamed into place: an address made with half a key would lead nowhere after the next start.
        var made = RandomNumberGenerator.GetBytes(Length);
        var temporary = path + ".part";
        var forUsOnly = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            forUsOnly.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(temporary, forUsOnly))
        {
            file.Write(made);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        return made;
    }
}
