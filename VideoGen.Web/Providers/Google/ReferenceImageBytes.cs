using VideoGen.Domain.Providers;

namespace VideoGen.Web.Providers.Google;

internal static class ReferenceImageBytes
{
    /// <summary>The whole image: it goes into a JSON body, and what is uploaded here is bounded.</summary>
    public static async Task<byte[]> ReadAsync(this ReferenceImage image, CancellationToken cancellationToken)
    {
        await using var stream = await image.OpenAsync(cancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}
