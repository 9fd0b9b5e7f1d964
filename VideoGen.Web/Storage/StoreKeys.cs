using System.Globalization;
using System.Text.RegularExpressions;

namespace VideoGen.Web.Storage;

/// <summary>The keys under which things are stored: deterministic, so that a repeat ends in the same place, and free of user text.</summary>
public static partial class StoreKeys
{
    private const int LongestKey = 256;

    /// <summary>"{owner}/{job}/video-{n}.mp4", n counted from 1.</summary>
    public static string Video(Guid ownerId, Guid jobId, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{ownerId}/{jobId}/video-{index + 1}.mp4");

    /// <summary>"{owner}/{job}/poster-{n}.jpg", n counted from 1.</summary>
    public static string Poster(Guid ownerId, Guid jobId, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{ownerId}/{jobId}/poster-{index + 1}.jpg");

    /// <summary>"{owner}/references/{sha256}.{png|jpg}": the same image uploaded twice is kept once.</summary>
    public static string Reference(Guid ownerId, string sha256, string extension) => $"{ownerId}/references/{sha256}.{extension}";

    /// <summary>Lets through what can be a key in every store: neither a way out of it nor anything that needs escaping in an address.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    internal static string Checked(string key) => key.Length <= LongestKey && Form().IsMatch(key)
        ? key
        : throw new ArgumentException("This is not a key of the store.", nameof(key));

    // Segments of plain characters that start with a letter or digit, so never "." or "..".
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
