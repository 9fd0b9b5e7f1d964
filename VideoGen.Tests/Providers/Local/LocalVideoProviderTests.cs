using System.Security.Cryptography;
using System.Text;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;
using VideoGen.Tests.Media;

namespace VideoGen.Tests.Providers.Local;

/// <summary>What comes out: real ffmpeg, real files.</summary>
public sealed class LocalVideoProviderTests
{
    [Fact, Trait("Req", "R-02")]
    public async Task Render_Default_IsThePlayableVideoAskedFor()
    {
        await using var studio = await new LocalStudio().StartAsync();
        var path = await studio.RenderAsync(LocalStudio.Request() with { Size = new VideoSize(320, 180), Duration = TimeSpan.FromSeconds(2), FrameRate = 24 });

        var (stream, format) = await RenderedVideo.FactsOfAsync(path);
        Assert.Equal("h264", stream.GetProperty("codec_name").GetString());
        Assert.Equal("yuv420p", stream.GetProperty("pix_fmt").GetString());
        Assert.Equal(320, stream.GetProperty("width").GetInt32());
        Assert.Equal(180, stream.GetProperty("height").GetInt32());
        Assert.Equal("24/1", stream.GetProperty("r_frame_rate").GetString());
        Assert.Equal("48", stream.GetProperty("nb_frames").GetString());
        Assert.Equal("bt709", stream.GetProperty("color_space").GetString());
        Assert.InRange(RenderedVideo.Number(format, "duration"), 1.8, 2.2);
        var boxes = Encoding.ASCII.GetString(await File.ReadAllBytesAsync(path));
        Assert.True(boxes.IndexOf("moov", StringComparison.Ordinal) < boxes.IndexOf("mdat", StringComparison.Ordinal), "It must play before it has arrived whole.");
        var frames = await RenderedVideo.FramesOfAsync(path);
        Assert.True(frames.Distinct(StringComparer.Ordinal).Count() > 40, "The picture must move.");
    }

    [Theory]
    [InlineData(90, 160, 1)]
    [InlineData(128, 128, 0.5)]
    public async Task Render_OtherShapes_HasTheSizeAskedFor(int width, int height, double seconds)
    {
        await using var studio = await new LocalStudio().StartAsync();

        var path = await studio.RenderAsync(LocalStudio.Request() with { Size = new VideoSize(width, height), Duration = TimeSpan.FromSeconds(seconds), FrameRate = 30 });

        var (stream, format) = await RenderedVideo.FactsOfAsync(path);
        Assert.Equal((width, height), (stream.GetProperty("width").GetInt32(), stream.GetProperty("height").GetInt32()));
        Assert.InRange(RenderedVideo.Number(format, "duration"), seconds - 0.1, seconds + 0.1);
    }

    [Fact]
    public async Task Render_SameSeedAndOtherSeed_IsTheSameAndAnother()
    {
        await using var studio = await new LocalStudio().StartAsync();

        var first = await studio.RenderAsync(LocalStudio.Request(seed: 1, key: "first"));
        var again = await studio.RenderAsync(LocalStudio.Request(seed: 1, key: "again"));
        var other = await studio.RenderAsync(LocalStudio.Request(seed: 2, key: "other"));

        Assert.Equal(SHA256.HashData(await File.ReadAllBytesAsync(first)), SHA256.HashData(await File.ReadAllBytesAsync(again)));
        var (one, two) = (await RenderedVideo.FramesOfAsync(first), await RenderedVideo.FramesOfAsync(other));
        Assert.Equal(one.Count, two.Count);
        Assert.Equal(one.Count - 1, one.Skip(1).Except(two, StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Render_WithReferenceImage_CoversThePictureWithIt()
    {
        await using var studio = await new LocalStudio().StartAsync();
        var image = studio.Outside.PathOf("red.png");
        SampleVideo.Ffmpeg("-f", "lavfi", "-i", "color=c=0xE01010:s=90x300", "-frames:v", "1", image);

        var path = await studio.RenderAsync(LocalStudio.Request() with
        {
            ReferenceImage = new ReferenceImage("image/png", _ => Task.FromResult<Stream>(File.OpenRead(image))),
        });

        foreach (var crop in (string[])["20:20:0:10", "20:20:140:10", "60:20:50:25"])
        {
            var (red, green, blue) = await RenderedVideo.ColourOfAsync(path, crop);
            Assert.True(red > 100 && red > 2 * green && red > 2 * blue, $"At {crop} the picture is {red}, {green}, {blue}.");
        }

        var (stream, _) = await RenderedVideo.FactsOfAsync(path);
        Assert.Equal(("10/1", "10"), (stream.GetProperty("r_frame_rate").GetString(), stream.GetProperty("nb_frames").GetString()));
        Assert.True((await RenderedVideo.FramesOfAsync(path)).Distinct(StringComparer.Ordinal).Count() > 5, "It must move over the image.");
    }

    public static TheoryData<string> HardPrompts() => new(
    [
        "Größe & Schönheit: \"it's\" 100% %{pts} 'quoted' C:\\new\\N\\path {\\p1}m 0 0{\\p0} [x];drawbox,null",
        "👩‍👩‍👧‍👦🔥🌊❤️🏳️‍🌈",
        "مرحبا بالعالم שלום עולם 海の夜明け ไทย हिन्दी",
        "line one\r\nline two\ttab\u0000\u0007\u202Eevil\uFEFF\uD800",
        "   ... ,,, ---   ",
        new string('W', 10_000),
        string.Concat(Enumerable.Repeat("word after word, ", 588)),
        "Z" + new string('\u0301', 200) + "algo",
    ]);

    [Theory, MemberData(nameof(HardPrompts))]
    public async Task Render_HardPrompt_IsAFineVideo(string prompt)
    {
        await using var studio = await new LocalStudio().StartAsync();

        var path = await studio.RenderAsync(LocalStudio.Request(prompt) with { Duration = TimeSpan.FromSeconds(0.5) });

        var (stream, _) = await RenderedVideo.FactsOfAsync(path);
        Assert.Equal("5", stream.GetProperty("nb_frames").GetString());
    }

    [Fact]
    public async Task Render_AnyPrompt_LeavesNoWordOfItInTheFile()
    {
        await using var studio = await new LocalStudio().StartAsync();

        var path = await studio.RenderAsync(LocalStudio.Request("Quizzaciously xylophonic"));

        Assert.DoesNotContain("xylophonic", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Render_WithoutAnyFont_IsAVideoWithoutWords()
    {
        await using var studio = await new LocalStudio(options => options.FontListPath = "/bin/true").StartAsync();

        var path = await studio.RenderAsync(LocalStudio.Request());

        Assert.Equal(10, (await RenderedVideo.FramesOfAsync(path)).Count);
    }

    [Fact]
    public async Task Render_WithoutAListOfFonts_Works()
    {
        await using var studio = await new LocalStudio(options => options.FontListPath = "/nowhere/fc-list").StartAsync();

        var path = await studio.RenderAsync(LocalStudio.Request());

        Assert.Equal(10, (await RenderedVideo.FramesOfAsync(path)).Count);
    }

    [Theory]
    [InlineData(161, 90, 1, 24)]
    [InlineData(0, 90, 1, 24)]
    [InlineData(160, 90, 0, 24)]
    [InlineData(160, 90, 1, 0)]
    public async Task SubmitAsync_Unrenderable_IsRefusedAndLeavesNothing(int width, int height, int seconds, int frameRate)
    {
        await using var studio = new LocalStudio();
        var request = LocalStudio.Request() with { Size = new VideoSize(width, height), Duration = TimeSpan.FromSeconds(seconds), FrameRate = frameRate };

        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => studio.Provider.SubmitAsync(request, CancellationToken.None));

        Assert.Equal(FailureKind.InputRefused, refusal.Kind);
        Assert.Empty(studio.Files);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/b")]
    [InlineData("-y")]
    [InlineData("")]
    public async Task SubmitAsync_KeyThatIsNoFileName_IsRefused(string key)
    {
        await using var studio = new LocalStudio();

        await Assert.ThrowsAsync<ArgumentException>(() => studio.Provider.SubmitAsync(LocalStudio.Request(key: key), CancellationToken.None));

        Assert.Empty(studio.Files);
        await Assert.ThrowsAsync<VideoProviderException>(() => studio.Provider.CheckAsync(key, CancellationToken.None));
    }
}
