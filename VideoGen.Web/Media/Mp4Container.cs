using System.Buffers.Binary;
using System.Text;

namespace VideoGen.Web.Media;

/// <summary>
/// Looks at the outline of a file before any decoder does: it must be MP4 from its first byte, and whole. A page, a playlist
/// or another container with the name of a video goes no further than here.
/// </summary>
internal static class Mp4Container
{
    private const int HeaderSize = 8;
    private const int LongHeaderSize = 16;
    private const int MaxBrands = 64;
    private const int MaxBoxes = 100_000;

    // Brands of ISO base media and QuickTime files that hold plain video. Absent on purpose: still pictures (heic, avif).
    private static readonly HashSet<string> Brands = new(StringComparer.Ordinal)
    {
        "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "avc1", "av01", "hvc1", "M4V ",
        "M4VP", "M4VH", "MSNV", "dash", "msdh", "cmfc", "f4v ", "3gp4", "3gp5", "3gp6", "qt  ",
    };

    /// <returns>What is wrong, as a sentence for people; <see langword="null"/> when the outline is right.</returns>
    public static async Task<string?> FindProblemAsync(Stream file, CancellationToken cancellationToken)
    {
        if (file.Length == 0)
        {
            return "The file is empty.";
        }

        var header = new byte[LongHeaderSize];
        bool hasMovie = false, hasMedia = false;
        long position = 0;
        for (var boxes = 0; position < file.Length; boxes++)
        {
            file.Position = position;
            var read = await file.ReadAtLeastAsync(header, LongHeaderSize, throwOnEndOfStream: false, cancellationToken);
            var size = SizeOf(header.AsSpan(0, read), file.Length - position);
            var type = Encoding.Latin1.GetString(header, 4, 4);
            if (boxes == 0 && (read < HeaderSize || !type.Equals("ftyp", StringComparison.Ordinal)))
            {
                return "The file is not an MP4 video.";
            }

            if (size is not { } length || boxes > MaxBoxes)
            {
                return "The video file is cut short or damaged.";
            }

            if (boxes == 0 && !await HasKnownBrandAsync(file, position, length, cancellationToken))
            {
                return "The file is not an MP4 video.";
            }

            hasMovie |= type.Equals("moov", StringComparison.Ordinal);
            hasMedia |= type.Equals("mdat", StringComparison.Ordinal);
            position += length;
        }

        return hasMovie && hasMedia ? null : "The video file is cut short or damaged.";
    }

    /// <summary>The length of a box with its header, or <see langword="null"/> when it cannot be, or reaches past the end.</summary>
    private static long? SizeOf(ReadOnlySpan<byte> header, long rest)
    {
        if (header.Length < HeaderSize)
        {
            return null;
        }

        long? size = BinaryPrimitives.ReadUInt32BigEndian(header) switch
        {
            0 => rest,
            1 when header.Length >= LongHeaderSize => BinaryPrimitives.ReadInt64BigEndian(header[HeaderSize..]) is var size64 and >= LongHeaderSize ? size64 : null,
            var size32 and >= HeaderSize => size32,
            _ => null,
        };
        return size <= rest ? size : null;
    }

    // Major brand, version, then the compatible brands, four bytes each.
    private static async Task<bool> HasKnownBrandAsync(Stream file, long position, long length, CancellationToken cancellationToken)
    {
        var brands = new byte[Math.Min(length - HeaderSize, MaxBrands * 4)];
        file.Position = position + HeaderSize;
        await file.ReadExactlyAsync(brands, cancellationToken);
        for (var at = 0; at + 4 <= brands.Length; at += 4)
        {
            if (at != 4 && Brands.Contains(Encoding.Latin1.GetString(brands, at, 4)))
            {
                return true;
            }
        }

        return false;
    }
}
