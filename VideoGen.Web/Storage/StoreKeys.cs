using System.Globalization;

namespace VideoGen.Web.Storage;

/// <summary>The keys under which things are stored: deterministic, so that a repeat ends in the same place, and free of user text.</summary>
public static class StoreKeys
{
    /// <summary>"{owner}/{job}/video-{n}.mp4", n counted from 1.</summary>
    public static string Video(Guid ownerId, Guid jobId, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{ownerId}/{jobId}/video-{index + 1}.mp4");

    /// <summary>"{owner}/{job}/poster-{n}.jpg", n counted from 1.</summary>
    public static string Poster(Guid ownerId, Guid jobId, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{ownerId}/{jobId}/poster-{index + 1}.jpg");

    /// <summary>"{owner}/references/{sha256}.{png|jpg}": the same image uploaded twice is kept once.</summary>
    public static string Reference(Guid ownerId, string sha256, string extension) => $"{ownerId}/references/{sha256}.{extension}";
}
