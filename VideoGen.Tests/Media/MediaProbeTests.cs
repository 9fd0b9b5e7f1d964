using Microsoft.Extensions.Options;
using VideoGen.Domain.Gallery;
using VideoGen.Web.Media;

namespace VideoGen.Tests.Media;

public sealed class MediaProbeTests : IDisposable
{
    private static readonly IOptions<MediaOptions> Tools = Options.Create(new MediaOptions());

    private readonly TestFolder _folder = new();
    private readonly MediaProbe _probe = new(Tools, TimeProvider.System);
    private readonly PosterImage _posters = new(Tools, TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Probe_GoodVideo_MeasuresIt()
    {
        var result = await _probe.ProbeAsync(SampleVideo.Mp4Path, CancellationToken.None);

        Assert.Equal(
            new MediaFacts(SampleVideo.Width, SampleVideo.Height, SampleVideo.Duration, SampleVideo.FrameRate, "h264", HasSound: false),
            result.Facts);
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Probe_VideoWithSound_SaysSo()
    {
        var result = await _probe.ProbeAsync(SampleVideo.Mp4WithSoundPath, CancellationToken.None);

        Assert.True(result.Facts?.HasSound);
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Probe_FractionalRateAndTurnedPicture_AreMeasuredAsPlayed()
    {
        var turned = _folder.PathOf("turned.mp4");
        SampleVideo.Ffmpeg("-f", "lavfi", "-i", "testsrc=size=320x180:rate=30000/1001:duration=1", "-c:v", "libx264", "-pix_fmt", "yuv420p", _folder.PathOf("plain.mp4"));
        SampleVideo.Ffmpeg("-i", _folder.PathOf("plain.mp4"), "-c", "copy", "-metadata:s:v:0", "rotate=90", turned);

        var facts = (await _probe.ProbeAsync(turned, CancellationToken.None)).Facts;

        Assert.Equal((180, 320), (facts?.Width, facts?.Height));
        Assert.Equal(29.97, facts!.FrameRate, 0.01);
    }

    [Theory]
    [MemberData(nameof(BadMedia.Kinds), MemberType = typeof(BadMedia))]
    [Trait("Req", "R-22")]
    public async Task ProbeAndPoster_BadFile_DoNotBothAcceptIt(string kind)
    {
        var path = _folder.Write("video.mp4", BadMedia.Of(kind));

        var result = await _probe.ProbeAsync(path, CancellationToken.None);

        // A container may be perfect around a picture of noise: that shows when one is decoded.
        var accepted = result.Facts is { } facts && await _posters.MakeAsync(path, facts.Duration, _folder.PathOf("poster.jpg"), CancellationToken.None);
        Assert.False(accepted);
        Assert.True(result.Facts is not null ^ result.Problem is not null);
    }

    [Theory]
    [InlineData(1920, 1080, 1280, 720)]
    [InlineData(720, 1280, 720, 1280)]
    [InlineData(320, 180, 320, 180)]
    [Trait("Req", "R-22")]
    public async Task Poster_AnySize_IsAJpegOfTheSameShape(int width, int height, int posterWidth, int posterHeight)
    {
        var video = _folder.PathOf("video.mp4");
        SampleVideo.Ffmpeg("-f", "lavfi", "-i", $"testsrc=size={width}x{height}:rate=5:duration=1", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", video);

        Assert.True(await _posters.MakeAsync(video, TimeSpan.FromSeconds(1), _folder.PathOf("poster.jpg.part"), CancellationToken.None));

        await using var poster = File.OpenRead(_folder.PathOf("poster.jpg.part"));
        var header = ImageHeader.Read(poster);
        Assert.Equal((ImageFormat.Jpeg, posterWidth, posterHeight), (header?.Format, header?.Width, header?.Height));
    }

    [Fact]
    [Trait("Req", "R-22")]
    public async Task Poster_NoFrameAtAThird_TakesTheFirst()
    {
        Assert.True(await _posters.MakeAsync(SampleVideo.Mp4Path, TimeSpan.FromMinutes(5), _folder.PathOf("poster.jpg"), CancellationToken.None));
    }
}
