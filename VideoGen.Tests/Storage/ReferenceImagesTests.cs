using System.Text;
using Microsoft.Extensions.Options;
using VideoGen.Tests.Media;
using VideoGen.Web.Media;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Storage;

public sealed class ReferenceImagesTests : IDisposable
{
    private static readonly Guid Owner = Guid.CreateVersion7();

    private readonly StoreFolder _folder = new();
    private readonly ReferenceImages _images;

    public ReferenceImagesTests() =>
        _images = new ReferenceImages(_folder.Store, new StillImage(Options.Create(new MediaOptions()), TimeProvider.System), _folder.Data);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("jpg", "image/jpeg")]
    [InlineData("webp", "image/jpeg")]
    [Trait("Req", "R-01")]
    public async Task Save_GoodImage_KeepsACopyOfTheSameSize(string extension, string mediaType)
    {
        var key = await SaveAsync(MakeImage(extension, 64, 48));

        Assert.NotNull(key);
        Assert.Equal(mediaType, ReferenceImages.MediaTypeOf(key));
        Assert.True(await _images.HoldsAsync(Owner, key, CancellationToken.None));
        var header = await HeaderOfAsync(key);
        Assert.Equal((64, 48), (header.Width, header.Height));
        Assert.Empty(_folder.SpooledFiles);
    }

    [Fact]
    [Trait("Req", "R-01")]
    public async Task Save_SameImageTwice_IsKeptOnce()
    {
        var image = MakeImage("png", 64, 48);

        Assert.Equal(await SaveAsync(image), await SaveAsync(image));
        Assert.Single(_folder.StoredFiles);
    }

    [Fact]
    [Trait("Req", "R-01")]
    public async Task Save_ImageFromACamera_LosesItsMetadataAndStandsUpright()
    {
        var image = WithExif(MakeImage("jpg", 64, 48), orientation: 6, "GPS 52.52 N 13.40 E");

        var key = await SaveAsync(image);

        Assert.NotNull(key);
        var stored = await File.ReadAllBytesAsync(Path.Combine(_folder.Data.Videos, key));
        Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        var header = await HeaderOfAsync(key);
        Assert.Equal((48, 64), (header.Width, header.Height));
    }

    [Fact]
    [Trait("Req", "R-01")]
    public async Task Save_TransparentWebP_StaysTransparent()
    {
        var path = _folder.PathOf("clear.webp");
        SampleVideo.Ffmpeg("-f", "lavfi", "-i", "color=c=red@0.5:size=32x32,format=rgba", "-frames:v", "1", "-c:v", "libwebp", "-lossless", "1", path);

        var key = await SaveAsync(await File.ReadAllBytesAsync(path));

        Assert.EndsWith(".png", key, StringComparison.Ordinal);
        Assert.True((await HeaderOfAsync(key!)).HasAlpha);
    }

    public static TheoryData<string, byte[], string> BadImages()
    {
        var png = MakeImage("png", 64, 48);
        return new TheoryData<string, byte[], string>
        {
            { "nothing", [], "not a PNG, JPEG or WebP" },
            { "text", "hello"u8.ToArray(), "not a PNG, JPEG or WebP" },
            { "drawing", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "not a PNG, JPEG or WebP" },
            { "gif", "GIF89a\x01\0\x01\0\0\0\0;"u8.ToArray(), "not a PNG, JPEG or WebP" },
            { "playlist named png", "#EXTM3U\nfile:///etc/passwd\n"u8.ToArray(), "not a PNG, JPEG or WebP" },
            { "header only", png[..40], "cannot be read" },
            { "cut in the header", png[..20], "not a PNG, JPEG or WebP" },
            { "jpeg without picture", [0xFF, 0xD8, 0xFF, 0xD9], "not a PNG, JPEG or WebP" },
            { "one byte too long", [.. png, .. new byte[ReferenceImages.MaxBytes + 1 - png.Length]], "larger than 20 MB" },
            { "too many pixels", Claiming(png, 8000, 5001), "8000 × 5001" },
            { "far too many pixels", Claiming(png, int.MaxValue, int.MaxValue), "million" },
            { "no pixels", Claiming(png, 0, 48), "not a PNG, JPEG or WebP" },
        };
    }

    [Theory]
    [MemberData(nameof(BadImages), DisableDiscoveryEnumeration = true)]
    [Trait("Req", "R-06")]
    public async Task Save_BadInput_SaysWhatIsWrongAndKeepsNothing(string name, byte[] content, string sentence)
    {
        var result = await _images.SaveAsync(Owner, new MemoryStream(content), CancellationToken.None);

        Assert.Null(result.Key);
        Assert.True(result.Problem?.Contains(sentence, StringComparison.Ordinal), $"{name}: {result.Problem}");
        Assert.Empty(_folder.StoredFiles);
        Assert.Empty(_folder.SpooledFiles);
    }

    [Fact]
    [Trait("Req", "R-50")]
    public async Task Holds_KeyThatIsNotAnOwnImage_IsFalse()
    {
        var key = await SaveAsync(MakeImage("png", 64, 48));
        var video = StoreKeys.Video(Owner, Guid.NewGuid(), 0);
        await _folder.Store.PutAsync(video, _folder.Write("video", [1]), "video/mp4", CancellationToken.None);

        Assert.False(await _images.HoldsAsync(Guid.NewGuid(), key!, CancellationToken.None));
        Assert.False(await _images.HoldsAsync(Owner, video, CancellationToken.None));
        Assert.False(await _images.HoldsAsync(Owner, StoreKeys.Reference(Owner, new string('a', 64), "png"), CancellationToken.None));
        Assert.False(await _images.HoldsAsync(Owner, $"{Owner}/../{Guid.NewGuid()}/references/x.png", CancellationToken.None));
        Assert.False(await _images.HoldsAsync(Owner, "", CancellationToken.None));
    }

    private static byte[] MakeImage(string extension, int width, int height)
    {
        using var folder = new TestFolder();
        var path = folder.PathOf("image." + extension);
        SampleVideo.Ffmpeg("-f", "lavfi", "-i", $"testsrc=size={width}x{height}", "-frames:v", "1", path);
        return File.ReadAllBytes(path);
    }

    /// <summary>The image with another size in its header, as a decompression bomb would have it.</summary>
    private static byte[] Claiming(byte[] png, int width, int height)
    {
        var bomb = png.ToArray();
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), height);
        return bomb;
    }

    /// <summary>The image as a camera writes it: an Exif segment with an orientation, and a text.</summary>
    private static byte[] WithExif(byte[] jpeg, byte orientation, string text)
    {
        byte[] exif =
        [
            .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text),
        ];
        var length = exif.Length + 2;
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. exif, .. jpeg[2..]];
    }

    private async Task<string?> SaveAsync(byte[] content) =>
        (await _images.SaveAsync(Owner, new MemoryStream(content), CancellationToken.None)).Key;

    private async Task<ImageHeader> HeaderOfAsync(string key)
    {
        await using var stream = await _images.OpenAsync(key, CancellationToken.None);
        return ImageHeader.Read(stream!) ?? throw new InvalidOperationException("The copy is no image.");
    }
}
