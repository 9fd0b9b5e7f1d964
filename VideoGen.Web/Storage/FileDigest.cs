using System.Security.Cryptography;

namespace VideoGen.Web.Storage;

/// <summary>What tells whether two files are the same.</summary>
/// <param name="Sha256">In lower-case hexadecimal.</param>
internal sealed record FileDigest(long Length, string Sha256)
{
    /// <summary>Reads a stream to its end.</summary>
    public static async Task<FileDigest> OfAsync(Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        long length = 0;
        int count;
        while ((count = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, count);
            length += count;
        }

        return new FileDigest(length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
