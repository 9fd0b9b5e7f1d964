using System.Globalization;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;

namespace VideoGen.Web.Providers.Transport;

/// <summary>A reference image that is sent with the request itself.</summary>
/// <param name="MediaType">"image/png" or "image/jpeg".</param>
/// <param name="Bytes">All of it.</param>
internal sealed record InlineImage(string MediaType, byte[] Bytes)
{
    // What is uploaded here is no longer than this (ReferenceImages).
    private const int AnyBytes = 20 * 1024 * 1024;

    public string Base64 => Convert.ToBase64String(Bytes);

    /// <summary>What it is called as a part of a form.</summary>
    public string FileName => MediaType is "image/png" ? "reference.png" : "reference.jpg";

    public string DataUri => $"data:{MediaType};base64,{Base64}";

    /// <summary>Reads an image before anything is sent, for a provider that names no limit of its own.</summary>
    /// <inheritdoc cref="ReadAsync(ReferenceImage, int, string, CancellationToken)" path="/exception"/>
    public static Task<InlineImage> ReadAsync(ReferenceImage image, string provider, CancellationToken cancellationToken) =>
        ReadAsync(image, AnyBytes, provider, cancellationToken);

    /// <summary>Reads an image before anything is sent.</summary>
    /// <param name="maxBytes">The longest image that the provider takes.</param>
    /// <exception cref="VideoProviderException">It is too large, or cannot be read now; nothing has been sent.</exception>
    public static async Task<InlineImage> ReadAsync(ReferenceImage image, int maxBytes, string provider, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await image.OpenAsync(cancellationToken);
            return new InlineImage(image.MediaType, await ReadAsync(stream, maxBytes, provider, cancellationToken));
        }
        catch (Exception ex) when (ex is not VideoProviderException)
        {
            // Whatever it is, even that time ran out: nothing has left this machine, and a submission has to say so.
            throw new VideoProviderException(FailureKind.Storage, "The reference image cannot be read just now.", ex.GetType().Name, ex) { IsTransient = true };
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int maxBytes, string provider, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + count > maxBytes)
            {
                var limit = (maxBytes / 1024.0 / 1024).ToString("0.#", CultureInfo.InvariantCulture);
                throw new VideoProviderException(FailureKind.InputRefused, $"{provider} takes reference images of at most {limit} MB. Use a smaller one.");
            }

            await bytes.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return bytes.ToArray();
    }
}
