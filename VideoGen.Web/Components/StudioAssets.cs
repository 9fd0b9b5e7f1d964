using System.Collections.Frozen;
using System.Security.Cryptography;

namespace VideoGen.Web.Components;

/// <summary>
/// The hand-made files of wwwroot-assets, beside the program. Their addresses carry a fingerprint, so browsers may keep them
/// until they change.
/// </summary>
internal static class StudioAssets
{
    public const string RequestPath = "/assets";

    private static readonly FrozenDictionary<string, string> Fingerprints = Directory
        .EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .ToFrozenDictionary(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'), Fingerprint, StringComparer.Ordinal);

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "wwwroot-assets");

    /// <param name="path">As in the folder, for example "icons/sprite.svg".</param>
    public static string Url(string path) => $"{RequestPath}/{path}?v={Fingerprints[path]}";

    private static string Fingerprint(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..10];
}
