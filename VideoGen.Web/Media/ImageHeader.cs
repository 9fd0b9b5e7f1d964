using System.Buffers.Binary;

namespace VideoGen.Web.Media;

/// <summary>
/// What the first bytes of an image say, read without decoding it, so that an image too large to decode never reaches a decoder.
/// </summary>
/// <param name="Orientation">How it has to be turned to stand upright: 1 to 8 as in Exif; 1 for not at all.</param>
internal sealed record ImageHeader(ImageFormat Format, int Width, int Height, bool HasAlpha, int Orientation)
{
    private const int ExifTagOfOrientation = 0x0112;
    private const int MaxExif = 64 * 1024;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public long Pixels => (long)Width * Height;

    /// <returns><see langword="null"/> when it is no PNG, JPEG or WebP, or its header is damaged.</returns>
    public static ImageHeader? Read(Stream image)
    {
        Span<byte> start = stackalloc byte[32];
        image.Position = 0;
        var count = image.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        start = start[..count];
        var header = start switch
        {
            _ when start.StartsWith(PngSignature) => ReadPng(start),
            [0xFF, 0xD8, 0xFF, ..] => ReadJpeg(image),
            _ when start.StartsWith("RIFF"u8) && start.Length >= 30 && start[8..].StartsWith("WEBP"u8) => ReadWebP(start),
            _ => null,
        };
        return header is { Width: > 0, Height: > 0 } ? header : null;
    }

    private static ImageHeader? ReadPng(ReadOnlySpan<byte> start)
    {
        if (start.Length < 26 || !start[12..].StartsWith("IHDR"u8))
        {
            return null;
        }

        return new ImageHeader(
            ImageFormat.Png,
            BinaryPrimitives.ReadInt32BigEndian(start[16..]),
            BinaryPrimitives.ReadInt32BigEndian(start[20..]),
            HasAlpha: (start[25] & 4) != 0,
            Orientation: 1);
    }

    private static ImageHeader? ReadWebP(ReadOnlySpan<byte> start)
    {
        var body = start[20..];
        if (start[12..].StartsWith("VP8X"u8))
        {
            return new ImageHeader(
                ImageFormat.WebP, 1 + UInt24(body[4..]), 1 + UInt24(body[7..]), HasAlpha: (body[0] & 0x10) != 0, Orientation: 1);
        }

        if (start[12..].StartsWith("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
            return new ImageHeader(
                ImageFormat.WebP, 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF), HasAlpha: (bits & 0x1000_0000) != 0, Orientation: 1);
        }

        return start[12..].StartsWith("VP8 "u8)
            ? new ImageHeader(
                ImageFormat.WebP,
                BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF,
                HasAlpha: false,
                Orientation: 1)
            : null;
    }

    // Segments of marker and length up to the frame header; the Exif segment, if any, comes before it.
    private static ImageHeader? ReadJpeg(Stream image)
    {
        var orientation = 1;
        Span<byte> segment = stackalloc byte[4];
        Span<byte> frame = stackalloc byte[5];
        image.Position = 2;
        while (image.ReadAtLeast(segment, segment.Length, throwOnEndOfStream: false) == segment.Length && segment[0] == 0xFF)
        {
            var marker = segment[1];
            if (marker == 0xFF)
            {
                image.Position -= 3;
                continue;
            }

            var next = image.Position - 2 + BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return image.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length
                    ? new ImageHeader(
                        ImageFormat.Jpeg,
                        BinaryPrimitives.ReadUInt16BigEndian(frame[3..]),
                        BinaryPrimitives.ReadUInt16BigEndian(frame[1..]),
                        HasAlpha: false,
                        orientation)
                    : null;
            }

            if (marker == 0xE1 && next - image.Position is > 0 and <= MaxExif and var length)
            {
                var exif = new byte[length];
                orientation = image.ReadAtLeast(exif, exif.Length, throwOnEndOfStream: false) == exif.Length ? ReadOrientation(exif) ?? orientation : orientation;
            }

            image.Position = next;
        }

        return null;
    }

    // "Exif\0\0", then a TIFF header in either byte order, then a directory of 12-byte entries.
    private static int? ReadOrientation(ReadOnlySpan<byte> exif)
    {
        if (!exif.StartsWith("Exif\0\0"u8) || exif.Length < 14)
        {
            return null;
        }

        var tiff = exif[6..];
        var bigEndian = tiff[0] == (byte)'M';
        var directory = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]);
        if (directory + 2 > tiff.Length)
        {
            return null;
        }

        var entries = tiff[(int)directory..];
        var count = UInt16(entries, bigEndian);
        for (var at = 2; count > 0 && at + 12 <= entries.Length; at += 12, count--)
        {
            if (UInt16(entries[at..], bigEndian) == ExifTagOfOrientation)
            {
                return UInt16(entries[(at + 8)..], bigEndian) is >= 1 and <= 8 and var orientation ? orientation : null;
            }
        }

        return null;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}

/// <summary>The image formats that people may upload.</summary>
internal enum ImageFormat
{
    Png,
    Jpeg,
    WebP,
}
