using VideoGen.Domain.Models;

namespace VideoGen.Tests.Models;

public sealed class VideoSizeTests
{
    [Theory]
    [InlineData(1280, 720, "16:9", "720p")]
    [InlineData(1080, 1920, "9:16", "1080p")]
    [InlineData(512, 512, "1:1", "512p")]
    [InlineData(1792, 1024, "7:4", "1024p")]
    [InlineData(0, 0, "0:0", "0p")]
    public void AspectRatioAndResolution_OfASize_InWordsPeopleUse(int width, int height, string ratio, string resolution)
    {
        var size = new VideoSize(width, height);

        Assert.Equal((ratio, resolution), (size.AspectRatio, size.Resolution));
    }

    [Fact]
    public void TryParse_OfItsOwnText_IsTheSame()
    {
        Assert.True(VideoSize.TryParse(new VideoSize(1280, 720).ToString(), out var size));
        Assert.Equal(new VideoSize(1280, 720), size);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1280")]
    [InlineData("1280x")]
    [InlineData("1280x720x2")]
    [InlineData("-1280x720")]
    [InlineData(" 1280x720")]
    [InlineData("99999999999x720")]
    public void TryParse_AnythingElse_IsRefused(string? text)
    {
        Assert.False(VideoSize.TryParse(text, out _));
    }
}
