using VideoGen.Web.Media;

namespace VideoGen.Tests.Media;

public sealed class DownloadNameTests
{
    [Theory]
    [InlineData("A fox in the snow. It runs.", "A fox in the snow.mp4")]
    [InlineData("Füchse im Schnee 🦊", "Füchse im Schnee 🦊.mp4")]
    [InlineData("", "video.mp4")]
    [InlineData("   ", "video.mp4")]
    [InlineData("...", "video.mp4")]
    [InlineData("../../etc/passwd", "etc passwd.mp4")]
    [InlineData("a\\b:c*d|e<f>g\"h", "a b c d e f g h.mp4")]
    [InlineData("CON", "video CON.mp4")]
    [InlineData("name\u202E4pm.exe", "name4pm.mp4")]
    [InlineData("tab\there", "tab here.mp4")]
    [InlineData(" . a  /  b . ", "a b.mp4")]
    [Trait("Req", "R-30")]
    public void Of_Prompt_IsFitForEveryFileSystem(string prompt, string expected) =>
        Assert.Equal(expected, DownloadName.Of(prompt));

    [Fact]
    [Trait("Req", "R-30")]
    public void Of_HalfACharacter_IsLeftOut() => Assert.Equal("half fox.mp4", DownloadName.Of("half \ud83e fox"));

    [Fact]
    [Trait("Req", "R-30")]
    public void Of_LongPrompt_EndsAtAWholeLetter()
    {
        var name = DownloadName.Of(string.Concat(Enumerable.Repeat("👩‍🚀", 50)));

        Assert.True(name.Length <= 80);
        Assert.Equal(0, (name.Length - ".mp4".Length) % "👩‍🚀".Length);
        Assert.EndsWith("👩‍🚀.mp4", name, StringComparison.Ordinal);
    }
}
