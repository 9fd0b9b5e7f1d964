namespace VideoGen.Web.Media;

/// <summary>What stored files are, by decision and not by guess.</summary>
internal static class MediaTypes
{
    public const string Video = "video/mp4";
    public const string Poster = "image/jpeg";
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
}
