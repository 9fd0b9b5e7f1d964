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

    /// <summary>Whether a key has the three parts of ours; a listing leaves out what has not.</summary>
    internal static bool IsListed(string key) => key.Count('/') == 2 && key.Length <= LongestKey && Form().IsMatch(key);

    /// <summary>Whether a name can stand between the slashes of a key.</summary>
    internal static bool IsPart(string name) => !name.Contains('/', StringComparison.Ordinal) && name.Length <= LongestKey && Form().IsMatch(name);

    /// <summary>What a key of ours is of; <see langword="null"/> for any other.</summary>
    internal static StoreKeyParts? PartsOf(string key)
    {
        if (Own().Match(key) is not { Success: true } match || !Guid.TryParseExact(match.Groups["owner"].Value, "D", out var ownerId))
        {
            return null;
        }

        return Guid.TryParseExact(match.Groups["job"].Value, "D", out var jobId)
            ? new StoreKeyParts(ownerId, jobId, int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) - 1)
            : new StoreKeyParts(ownerId, JobId: null, Index: 0);
    }

    [GeneratedRegex(
        @"\A(?<owner>[0-9a-f-]{36})/((?<job>[0-9a-f-]{36})/(video-(?<number>[1-9][0-9]{0,5})\.mp4|poster-(?<number>[1-9][0-9]{0,5})\.jpg)|references/[0-9a-f]{64}\.(png|jpg))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Own();

    // Segments of plain characters that start with a letter or digit, so never "." or "..".
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}

/// <summary>What a key is of.</summary>
/// <param name="JobId"><see langword="null"/> for a reference image.</param>
/// <param name="Index">Of the video, or of that which a poster is of: 0 for the first.</param>
internal sealed record StoreKeyParts(Guid OwnerId, Guid? JobId, int Index);
