using System.Buffers.Binary;
using System.Text;

namespace VideoGen.Tests.Media;

/// <summary>Files that a provider might deliver in place of a video, made from the sample.</summary>
internal static class BadMedia
{
    public static byte[] Of(string kind)
    {
        var good = File.ReadAllBytes(SampleVideo.Mp4Path);
        return kind switch
        {
            "empty" => [],
            "html" => "<!doctype html><title>502</title>"u8.ToArray(),
            "json" => """{"error":{"code":"expired"}}"""u8.ToArray(),
            "svg" => "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(),
            "hls" => "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"u8.ToArray(),
            "dash" => "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'/>"u8.ToArray(),
            "concat" => "ffconcat version 1.0\nfile /etc/passwd\n"u8.ToArray(),
            "mkv" => File.ReadAllBytes(SampleVideo.MkvPath),
            "sound only" => File.ReadAllBytes(SampleVideo.SoundOnlyPath),
            "seven bytes" => good[..7],
            "ftyp only" => good[..(int)BinaryPrimitives.ReadUInt32BigEndian(good)],
            "heif brand" => Rebranded(good, "heic"),
            "cut in moov" => good[..(Find(good, "moov") + 40)],
            "cut in mdat" => good[..^100],
            "no moov" => Renamed(good, "moov", "free"),
            "no mdat" => Renamed(good, "mdat", "free"),
            "moov of noise" => Noise(good, "moov"),
            "picture of noise" => Noise(good, "mdat"),
            "box of size 0 first" => [0, 0, 0, 0, .. good[4..]],
            "box of size 4" => [0, 0, 0, 4, .. good[4..]],
            "box past the end" => [.. good, 0, 0, 1, 0, .. "free"u8],
            "huge box" => [.. good, 0, 0, 0, 1, .. "free"u8, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            "negative box" => [.. good, 0, 0, 0, 1, .. "free"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            "text at the end" => [.. good, .. "<script>alert(1)</script>"u8],
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
        };
    }

    /// <summary>Each kind, for theories.</summary>
    public static TheoryData<string> Kinds =>
    [
        "empty", "html", "json", "svg", "hls", "dash", "concat", "mkv", "sound only", "seven bytes", "ftyp only", "heif brand",
        "cut in moov", "cut in mdat", "no moov", "no mdat", "moov of noise", "picture of noise", "box of size 0 first", "box of size 4",
        "box past the end", "huge box", "negative box", "text at the end",
    ];

    /// <summary>Where the type of a box stands.</summary>
    private static int Find(byte[] file, string type) => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(type));

    private static byte[] Renamed(byte[] file, string from, string to)
    {
        var changed = file.ToArray();
        Encoding.ASCII.GetBytes(to).CopyTo(changed, Find(file, from));
        return changed;
    }

    private static byte[] Rebranded(byte[] file, string brand)
    {
        var changed = file.ToArray();
        var end = (int)BinaryPrimitives.ReadUInt32BigEndian(file);
        for (var at = 8; at < end; at += at == 8 ? 8 : 4)
        {
            Encoding.ASCII.GetBytes(brand).CopyTo(changed, at);
        }

        return changed;
    }

    private static byte[] Noise(byte[] file, string type)
    {
        var changed = file.ToArray();
        var at = Find(file, type);
        var size = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at - 4));
        new Random(1).NextBytes(changed.AsSpan(at + 4, size - 8));
        return changed;
    }
}
