using System.Buffers;
using System.Security.Cryptography;
using VideoGen.Web.Data;
using VideoGen.Web.Media;

namespace VideoGen.Web.Storage;

/// <summary>The images that people upload for a video to start from. Only checked and re-encoded copies are kept.</summary>
internal sealed class ReferenceImages(IVideoStore store, StillImage images, DataFolder folder)
{
    /// <summary>Longest upload, in bytes.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    /// <summary>Checks and keeps an upload. The same image uploaded twice by a person has the same key.</summary>
    /// <exception cref="VideoStoreException">The store cannot take it now.</exception>
    public async Task<ReferenceImageResult> SaveAsync(Guid ownerId, Stream content, CancellationToken cancellationToken)
    {
        // Named so that the sweep of the spool removes what a crash leaves behind.
        var upload = Path.Combine(folder.Spool, $"upload-{Guid.NewGuid():N}.part");
        var copy = Path.ChangeExtension(upload, ".copy.part");
        try
        {
            if (!await ReceiveAsync(content, upload, cancellationToken))
            {
                return ReferenceImageResult.Refused("This image is larger than 20 MB. Choose a smaller one.");
            }

            var header = HeaderOf(upload);
            if (header is null)
            {
                return ReferenceImageResult.Refused("This is not a PNG, JPEG or WebP image. Choose another file.");
            }

            if (header.Pixels > StillImage.MaxPixels)
            {
                return ReferenceImageResult.Refused(
                    $"This image has {header.Width} × {header.Height} pixels; at most {StillImage.MaxPixels / 1_000_000} million are possible. Choose a smaller one.");
            }

            if (!await images.CopyAsync(upload, header, copy, cancellationToken))
            {
                return ReferenceImageResult.Refused("This image cannot be read. Save it anew as PNG or JPEG and try again.");
            }

            return ReferenceImageResult.Kept(await KeepAsync(ownerId, copy, StillImage.IsKeptAsPng(header), cancellationToken));
        }
        finally
        {
            DurableFile.TryDelete(upload);
            DurableFile.TryDelete(copy);
        }
    }

    /// <summary>Opens a kept image; <see langword="null"/> when there is none. The caller disposes the stream.</summary>
    /// <exception cref="VideoStoreException">The store cannot be asked now.</exception>
    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) => store.OpenReadAsync(key, cancellationToken);

    /// <summary>Whether a key, as it came from a browser, is that of an image which this person uploaded.</summary>
    /// <exception cref="VideoStoreException">The store cannot be asked now.</exception>
    public async Task<bool> HoldsAsync(Guid ownerId, string key, CancellationToken cancellationToken)
    {
        var name = Path.GetFileNameWithoutExtension(key);
        var extension = Path.GetExtension(key).TrimStart('.');
        if (name.Length != SHA256.HashSizeInBytes * 2
            || !name.All(char.IsAsciiHexDigitLower)
            || extension is not ("png" or "jpg")
            || !key.Equals(StoreKeys.Reference(ownerId, name, extension), StringComparison.Ordinal))
        {
            return false;
        }

        await using var image = await store.OpenReadAsync(key, cancellationToken);
        return image is not null;
    }

    /// <summary>The media type of a kept image.</summary>
    public static string MediaTypeOf(string key) => key.EndsWith(".png", StringComparison.Ordinal) ? MediaTypes.Png : MediaTypes.Jpeg;

    private static ImageHeader? HeaderOf(string path)
    {
        using var file = File.OpenRead(path);
        return ImageHeader.Read(file);
    }

    /// <returns><see langword="false"/> when there is more than is accepted.</returns>
    private static async Task<bool> ReceiveAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            int count;
            while ((count = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (file.Length + count > MaxBytes)
                {
                    return false;
                }

                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<string> KeepAsync(Guid ownerId, string copy, bool png, CancellationToken cancellationToken)
    {
        string hash;
        await using (var file = File.OpenRead(copy))
        {
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        }

        var key = StoreKeys.Reference(ownerId, hash, png ? "png" : "jpg");
        await store.PutAsync(key, copy, png ? MediaTypes.Png : MediaTypes.Jpeg, cancellationToken);
        return key;
    }
}

/// <summary>Either the key of the kept image, or a sentence for people that says why it was not kept.</summary>
public sealed record ReferenceImageResult
{
    private ReferenceImageResult()
    {
    }

    /// <summary>Goes into <see cref="VideoGen.Domain.Jobs.GenerationRequest.ReferenceImageKey"/>.</summary>
    public string? Key { get; private init; }

    public string? Problem { get; private init; }

    public static ReferenceImageResult Kept(string key) => new() { Key = key };

    public static ReferenceImageResult Refused(string problem) => new() { Problem = problem };
}
